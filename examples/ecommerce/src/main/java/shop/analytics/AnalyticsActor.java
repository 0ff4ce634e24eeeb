package shop.analytics;

import dev.relay.actor.Handles;
import dev.relay.actor.PastMessage;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import dev.relay.message.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import shop.analytics.Analytics.Forwarded;
import shop.analytics.Analytics.Reported;
import shop.analytics.AnalyticsCommand.OfDay;
import shop.analytics.AnalyticsCommand.OfPart;
import shop.analytics.AnalyticsCommand.Period;
import shop.analytics.AnalyticsCommand.Question;
import shop.analytics.AnalyticsCommand.TrackEvent;
import shop.analytics.AnalyticsEvent.Calculated;
import shop.analytics.AnalyticsEvent.Metrics;
import shop.analytics.AnalyticsEvent.Rebuilt;
import shop.analytics.AnalyticsEvent.RebuiltPart;
import shop.analytics.AnalyticsEvent.Report;
import shop.analytics.AnalyticsEvent.Tracked;
import shop.analytics.Forwarder.Happened;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts what happens in the shop. An event is one turn of one part of its day's metric, so that
 * the shop doesn't queue for a row; who asks gets the parts added up, as of one moment.
 */
public final class AnalyticsActor extends RelayActor<Analytics> {
  /** As many parts as a page may have. */
  private static final int PAGE = 200;

  /** Rows of the journal that are read at a time. */
  private static final int CHUNK = 1000;

  /** How long events are gathered before they are handed on. */
  private static final Duration BATCH = Duration.ofSeconds(10);

  private final @Nullable Forwarder forwarder;

  /** Hands events on to where the environment says. */
  public AnalyticsActor() {
    this(Forwarders.of(System.getenv()));
  }

  /**
   * @param forwarder where events go; absent where they are only counted
   */
  AnalyticsActor(@Nullable Forwarder forwarder) {
    this.forwarder = forwarder;
  }

  /** Hands nothing on: for measurements of the counting. */
  public static AnalyticsActor countingOnly() {
    return new AnalyticsActor(null);
  }

  @Handles({
    "ITEM_ADDED_TO_CART",
    "ITEM_REMOVED_FROM_CART",
    "CART_CHECKED_OUT",
    "CART_CLEARED",
    "CART_ABANDONED",
    "ORDER_CREATED",
    "ORDER_CONFIRMED",
    "ORDER_CANCELLED",
    "ORDER_COMPLETED",
    "RETURN_REQUESTED",
    "RETURN_RECEIVED",
    "PAYMENT_PROCESSED",
    "PAYMENT_FAILED",
    "PAYMENT_REFUNDED",
    "STOCK_INSUFFICIENT",
    "RESERVATION_EXPIRED",
    "LOW_STOCK_ALERT",
    "SHIPMENT_CREATED",
    "ORDER_SHIPPED",
    "DELIVERY_CONFIRMED",
    "SHIPMENT_DELAYED",
    "USER_REGISTERED",
    "USER_LOGGED_IN",
    "USER_LOCKED",
    "USER_ERASED",
    "SUBSCRIPTION_CREATED",
    "SUBSCRIPTION_RENEWED",
    "SUBSCRIPTION_CANCELLED",
    "PAYMENT_REMINDER_SENT",
    "INVOICE_GENERATED",
    "CREDIT_NOTE_ISSUED",
    "EMAIL_SENT",
    "SMS_SENT",
    "PUSH_SENT",
    "EMAIL_BOUNCED",
    "NOTIFICATION_SUPPRESSED"
  })
  void count(Turn<Analytics> turn) {
    Tally tally = tally(turn).with(turn.message());
    if (turn.state().isEmpty()) {
      turn.sendAt(tally.closesAt(), "CLOSE_DAY", new OfDay(tally.day()));
      forwardAt(tally.closesAt(), tally, turn); // what has just missed its batch goes then
    }
    Instant batch = turn.now().plus(BATCH);
    if (!tally.isForwarded(turn.now())) {
      forwardAt(batch, tally, turn);
      tally = tally.forwardedAt(batch);
    }
    turn.become(tally);
  }

  private void forwardAt(Instant time, Tally tally, Turn<Analytics> turn) {
    if (forwarder != null) {
      turn.sendAt(time, "FORWARD_EVENTS", new OfPart(tally.part()));
    }
  }

  @Handles("TRACK_EVENT")
  Tracked track(TrackEvent command, Turn<Analytics> turn) {
    count(turn);
    Tracked tracked = command.tracked(turn.message());
    turn.emit("EVENT_TRACKED", tracked);
    return tracked;
  }

  @Handles(value = "GET_METRICS", waits = true)
  Metrics metrics(Question question, Turn<Analytics> turn) {
    Period period = question.period(turn.now());
    return Metrics.of(period, sum(parts(period, question.metric(), turn)));
  }

  @Handles(value = "GET_FUNNEL", waits = true)
  Funnel funnel(Question question, Turn<Analytics> turn) {
    Period period = question.period(turn.now());
    return Funnel.of(period, sum(parts(period, null, turn)));
  }

  @Handles("GET_PARTS")
  Analytics part(Turn<Analytics> turn) {
    return turn.state().orElseThrow();
  }

  @Handles(value = "REBUILD_METRICS", waits = true)
  Rebuilt rebuild(Question question, Turn<Analytics> turn) {
    Period day = question.period(turn.now());
    List<RebuiltPart> rebuilt = new ArrayList<>();
    for (Tally part : parts(day, question.metric(), turn)) {
      Object payload = Map.of("part", part.part());
      rebuilt.add(turn.ask("analytics", "REBUILD_PART", payload).as(RebuiltPart.class));
    }
    List<Tally> parts = rebuilt.stream().map(RebuiltPart::part).toList();
    calculated(parts, turn);
    long changed = rebuilt.stream().filter(RebuiltPart::changed).count();
    return new Rebuilt(day.to(), parts.size(), changed, sum(parts));
  }

  /** Its own turns are all that a part is made of, and no other comes between. */
  @Handles(value = "REBUILD_PART", waits = true)
  RebuiltPart rebuildPart(Turn<Analytics> turn) {
    Tally before = tally(turn);
    Numbers numbers = Numbers.NONE;
    long version = 0;
    List<PastMessage> chunk;
    do {
      chunk = turn.history(before.part(), version, CHUNK);
      for (PastMessage past : chunk) {
        if (past.version() != ++version) {
          throw turn.refuse(
              "JOURNAL_INCOMPLETE", "the journal doesn't keep the beginning of this day any more");
        }
        if (Tally.counts(past.message())) {
          numbers = numbers.with(Tally.name(past.message()), past.message().payload());
        }
      }
    } while (chunk.size() == CHUNK);
    Tally after = turn.become(before.with(numbers));
    return new RebuiltPart(after, !after.equals(before));
  }

  /**
   * Hands on what a part has counted since the last time. It is an instance of its own, so that
   * counting goes on where nobody takes the events; what failed is tried again from where it was.
   */
  @Handles(value = "FORWARD_EVENTS", waits = true)
  void forward(OfPart of, Turn<Analytics> turn) {
    long version = turn.state().map(Forwarded.class::cast).map(Forwarded::version).orElse(0L);
    List<PastMessage> chunk = turn.history(of.part(), version, CHUNK);
    List<Happened> events =
        chunk.stream().map(PastMessage::message).filter(Tally::counts).map(Happened::of).toList();
    if (forwarder != null && !events.isEmpty()) {
      forwarder.forward(of.part() + "-" + version, events);
    }
    if (!chunk.isEmpty()) {
      turn.become(new Forwarded(chunk.get(chunk.size() - 1).version()));
    }
    if (chunk.size() == CHUNK) {
      turn.sendAfter(Duration.ZERO, "FORWARD_EVENTS", of);
    }
  }

  /** Every part asks for it, ten minutes after its day; the first does it. */
  @Handles(value = "CLOSE_DAY", waits = true)
  void close(OfDay of, Turn<Analytics> turn) {
    if (turn.state().isPresent()) {
      return;
    }
    List<Tally> week = parts(Period.endingWith(of.day(), Anomaly.WEEK + 1), null, turn);
    Map<LocalDate, Numbers> days = new TreeMap<>();
    week.forEach(part -> days.merge(part.day(), part.numbers(), Numbers::plus));
    List<Anomaly> anomalies = Anomaly.of(of.day(), days);
    calculated(week.stream().filter(part -> part.day().equals(of.day())).toList(), turn);
    anomalies.forEach(anomaly -> turn.emit("ANOMALY_DETECTED", anomaly));
    Numbers numbers = days.getOrDefault(of.day(), Numbers.NONE);
    turn.emit("REPORT_GENERATED", Report.of(of.day(), numbers, anomalies.size()));
    turn.become(new Reported(of.day(), turn.now()));
  }

  private static void calculated(List<Tally> parts, Turn<Analytics> turn) {
    Map<String, Numbers> metrics = new TreeMap<>();
    parts.forEach(part -> metrics.merge(part.metric(), part.numbers(), Numbers::plus));
    metrics.forEach(
        (metric, numbers) ->
            turn.emit("METRIC_CALCULATED", new Calculated(metric, parts.get(0).day(), numbers)));
  }

  /** Page by page; each is as of one moment. */
  private static List<Tally> parts(Period period, @Nullable String metric, Turn<Analytics> turn) {
    ObjectNode question = Json.mapper().valueToTree(period);
    question.put("limit", PAGE);
    if (metric != null) {
      question.put("metric", metric);
    }
    List<Tally> parts = new ArrayList<>();
    JsonNode page;
    do {
      page = turn.ask("analytics", "GET_PARTS", question).as(JsonNode.class);
      page.path("items").forEach(item -> parts.add(Json.mapper().convertValue(item, Tally.class)));
      question.set("after", page.get("next"));
    } while (page.has("next"));
    return parts;
  }

  private static Numbers sum(List<Tally> parts) {
    return parts.stream().map(Tally::numbers).reduce(Numbers.NONE, Numbers::plus);
  }

  private static Tally tally(Turn<Analytics> turn) {
    return turn.state().map(Tally.class::cast).orElseGet(() -> Tally.of(turn.self().key()));
  }
}
