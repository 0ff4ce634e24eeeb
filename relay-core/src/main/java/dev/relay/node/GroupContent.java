package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageJson;
import dev.relay.route.Owed;
import dev.relay.route.Router;
import dev.relay.store.CommitGroup;
import dev.relay.store.DeliveryRef;
import dev.relay.store.JournalEntry;
import dev.relay.store.OwedDelivery;
import dev.relay.store.Postponement;
import dev.relay.store.RecordedReply;
import dev.relay.store.StateWrite;
import dev.relay.store.TimerWrite;
import dev.relay.turn.StateValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Gathers what the turns of groups want written. One thread's at a time. */
final class GroupContent {
  private final Router router;
  private final Catalog catalog;
  private final List<StateWrite> states = new ArrayList<>();
  private final List<JournalEntry> journal = new ArrayList<>();
  private final List<DeliveryRef> consumed = new ArrayList<>();
  private final List<Postponement> postponed = new ArrayList<>();
  private final List<OwedDelivery> owed = new ArrayList<>();
  private final List<RecordedReply> replies = new ArrayList<>();
  private final List<TimerWrite> timers = new ArrayList<>(0);

  GroupContent(Router router, Catalog catalog) {
    this.router = router;
    this.catalog = catalog;
  }

  /** Adds what a prepared group wants written. */
  void add(Group group) {
    group.chains().forEach(chain -> add(group.direct(), chain));
    group.posts().forEach(post -> add(group.direct(), post));
  }

  /** Adds what another group wants written. */
  void add(GroupContent other) {
    states.addAll(other.states);
    journal.addAll(other.journal);
    consumed.addAll(other.consumed);
    postponed.addAll(other.postponed);
    owed.addAll(other.owed);
    replies.addAll(other.replies);
    timers.addAll(other.timers);
  }

  CommitGroup toCommit() {
    // ordered, so that no two groups lock rows in opposite orders
    states.sort(Comparator.comparing(StateWrite::address));
    postponed.sort(Comparator.comparing(each -> each.ref().id()));
    replies.sort(Comparator.comparing(RecordedReply::requestId));
    return new CommitGroup(states, journal, consumed, postponed, owed, replies, timers);
  }

  private void add(DirectTurns direct, Chain chain) {
    if (chain.writes()) {
      StateValue state = chain.state();
      states.add(
          new StateWrite(
              chain.address(),
              chain.base(),
              chain.version(),
              state == null ? null : chain.behaviour().stored(state)));
    }
    long version = chain.base();
    for (Chain.Done done : chain.done()) {
      if (done.writes()) {
        add(direct, chain, done, ++version);
      }
    }
    postponed.addAll(chain.postponed());
    timers.addAll(TimerWrites.of(chain));
  }

  private void add(DirectTurns direct, Chain chain, Chain.Done done, long version) {
    Message message = done.work().message();
    @Nullable String emitted = emitted(direct, done.effects().emitted());
    String turnId = message.id().value();
    if (done.work() instanceof Work.Delivery delivery) {
      turnId = delivery.ref().id();
      if (!direct.isConsumer(chain.address())) {
        consumed.add(delivery.ref());
      }
    } else if (done.work() instanceof Work.Ask ask) {
      Work.RequestKey request = ask.request();
      if (request != null) {
        replies.add(reply(request, message, done.effects().reply(), names(done)));
      }
    }
    journal.add(
        new JournalEntry(
            turnId,
            chain.address().actor(),
            chain.address().key(),
            version,
            MessageJson.write(message),
            emitted,
            JournalEntry.DONE));
  }

  private void add(DirectTurns direct, Work.Post post) {
    String text = MessageJson.write(post.message());
    List<Owed> left = direct.owed(post.message());
    (left == null ? post.owed() : left).forEach(each -> owed.add(new OwedDelivery(each, text)));
    String publishedBy = post.publishedBy();
    if (publishedBy != null) {
      journal.add(
          new JournalEntry(
              post.message().id().value(),
              publishedBy,
              "",
              0,
              text,
              "[" + text + "]",
              JournalEntry.PUBLISHED));
    }
    Work.RequestKey request = post.request();
    if (request != null) {
      List<String> receivers = post.owed().stream().map(Owed::actor).toList();
      replies.add(reply(request, post.message(), null, receivers));
    }
  }

  /**
   * Writes the emitted messages down as owed and returns them as a JSON array, if there are any.
   */
  private @Nullable String emitted(DirectTurns direct, List<Message> messages) {
    if (messages.isEmpty()) {
      return null;
    }
    StringBuilder array = new StringBuilder("[");
    for (Message message : messages) {
      String text = MessageJson.write(message);
      array.append(array.length() == 1 ? "" : ",").append(text);
      List<Owed> left = direct.owed(message);
      for (Owed each : left == null ? router.receivers(catalog, message) : left) {
        owed.add(new OwedDelivery(each, text));
      }
    }
    return array.append(']').toString();
  }

  private static RecordedReply reply(
      Work.RequestKey request, Message message, @Nullable JsonNode data, List<String> names) {
    return new RecordedReply(
        request.id(),
        request.fingerprint(),
        message.id().value(),
        data == null ? null : text(data),
        Json.mapper().writeValueAsString(names));
  }

  static List<String> names(Chain.Done done) {
    return done.effects().emitted().stream().map(Message::type).toList();
  }

  private static String text(JsonNode tree) {
    return Json.mapper().writeValueAsString(tree);
  }
}
