package shop.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shop.user.MagicTokens;

class NotificationActorTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-03-01T23:30:00Z");
  private static final MagicTokens TOKENS = MagicTokens.of(Map.of());
  private static final String ORDER =
      """
      {"orderId":"o1","userId":"ann","status":"confirmed","currency":"EUR","subtotal":5,"shipping":0,
       "tax":0,"discount":0,"total":5,"createdAt":"2026-03-01T12:00:00Z","held":[],
       "lines":[{"productId":"lamp","name":"Lamp","quantity":1,"price":5}]}
      """;

  private final List<Outgoing> handedOver = new ArrayList<>();
  private final Providers providers =
      new Providers(this::take, this::take, this::take, "owner@shop.test");
  private final TestActor actor =
      TestActor.of(Path.of("actors"), "notification", new NotificationActor(providers, TOKENS))
          .at(NOON);
  private final TestTurn ann =
      actor.when(
          "UPDATE_NOTIFICATION_PREFERENCES",
          Map.of("userId", "ann", "email", "ann@example.com", "phone", "+41791234567"));

  private String take(Outgoing message) {
    if (message.to().startsWith("fail")) {
      throw new ProviderException("down");
    }
    if (message.to().startsWith("refuse")) {
      throw ProviderException.refusal("there is no such address");
    }
    handedOver.add(message);
    return "p" + handedOver.size();
  }

  @Nested
  class Sending {
    @Test
    void a_mail_is_filled_in_handed_over_and_told() {
      TestTurn turn = ann.when("SEND_EMAIL", order("order_confirmed", "m1"));

      assertThat(handedOver)
          .containsExactly(
              new Outgoing(
                  "ann/EMAIL/order_confirmed/m1",
                  "ann",
                  "order_confirmed",
                  "m1",
                  "ann@example.com",
                  "Your order o1 is confirmed",
                  "It is paid, and is being packed.\n"));
      assertThat(turn.emitted("EMAIL_SENT").at("/providerId").stringValue()).isEqualTo("p1");
    }

    @Test
    void the_same_template_for_the_same_cause_is_sent_once_however_often_it_comes() {
      TestTurn turn = ann;
      Random random = new Random(7);
      for (int i = 0; i < 100; i++) {
        String cause = "m" + random.nextInt(5);
        String template = random.nextBoolean() ? "order_confirmed" : "order_created";
        turn = turn.when("SEND_EMAIL", order(template, cause));
      }

      assertThat(handedOver).hasSize(10).extracting(Outgoing::id).doesNotHaveDuplicates();
    }

    @Test
    void what_a_flow_asks_for_and_an_event_asks_for_is_one_mail_for_an_order() {
      ann.when("SEND_EMAIL", order("order_created", "o1"))
          .when("ORDER_CREATED", ORDER)
          .when("ORDER_CREATED", ORDER)
          .when("ORDER_CONFIRMED", ORDER)
          .when("SEND_EMAIL", order("order_confirmed", "o1"));

      assertThat(handedOver)
          .extracting(Outgoing::id)
          .containsExactly("ann/EMAIL/order_created/o1", "ann/EMAIL/order_confirmed/o1");
    }

    @Test
    void each_channel_has_its_own() {
      ann.when("SEND_EMAIL", order("order_shipped", "m1", "trackingNumber", "T1"))
          .when("SEND_SMS", order("order_shipped", "m1", "trackingNumber", "T1"));

      assertThat(handedOver)
          .extracting(Outgoing::to)
          .containsExactly("ann@example.com", "+41791234567");
    }

    @Test
    void a_provider_that_fails_fails_the_delivery_and_leaves_nothing_behind() {
      Map<String, Object> send = order("order_confirmed", "m1");
      send.put("to", "fail@example.com");

      TestTurn turn = ann.when("SEND_EMAIL", send);

      assertThat(turn.failure()).isInstanceOf(ProviderException.class);
      assertThat(handedOver).isEmpty();
    }

    @Test
    void what_a_provider_will_never_take_is_refused_and_not_tried_again() {
      Map<String, Object> send = order("order_confirmed", "m1");
      send.put("to", "refuse@example.com");

      TestTurn turn = ann.when("SEND_EMAIL", send);

      assertThat(turn.refusal().reason()).isEqualTo("PROVIDER_REFUSED");
      assertThat(turn.refusal().message()).contains("there is no such address");
    }

    @Test
    void a_gap_that_nothing_fills_is_refused_by_name() {
      TestTurn turn =
          ann.when(
              "SEND_EMAIL", Map.of("userId", "ann", "template", "order_created", "cause", "m1"));

      assertThat(turn.refusal().reason()).isEqualTo("DATA_MISSING");
      assertThat(turn.refusal().message()).contains("orderId");
    }

    @Test
    void what_is_filled_in_stays_in_the_subjects_line() {
      ann.when("SEND_EMAIL", order("order_created", "m1", "orderId", "o1\r\nBcc: all@example.com"));

      assertThat(handedOver.get(0).subject()).doesNotContain("\r", "\n");
    }

    @Test
    void a_magic_link_gets_its_token_on_its_way_out_and_nowhere_else() {
      Map<String, Object> send =
          Map.of(
              "userId", "ann",
              "to", "ann@example.com",
              "template", "magic_link",
              "cause", "link1",
              "data", Map.of("linkId", "link1", "expiresAt", "12:15"));

      TestTurn turn = ann.when("SEND_EMAIL", send);

      String token = TOKENS.token("link1", "ann@example.com");
      assertThat(handedOver.get(0).text()).contains(token);
      assertThat("" + turn.message() + turn.state() + turn.emitted()).doesNotContain(token);
    }
  }

  @Nested
  class Wishes {
    private final Map<String, Object> reminder =
        order("cart_reminder", "m1", "items", "2", "total", "5.00", "currency", "EUR");

    @Test
    void advertising_goes_to_nobody_who_has_not_asked_for_it() {
      TestTurn turn = ann.when("SEND_EMAIL", reminder);

      assertThat(turn.emitted("NOTIFICATION_SUPPRESSED").at("/reason").stringValue())
          .isEqualTo("NO_CONSENT");
      assertThat(handedOver).isEmpty();
    }

    @Test
    void advertising_goes_to_who_has_and_stops_when_they_change_their_mind() {
      ann.when("UPDATE_NOTIFICATION_PREFERENCES", Map.of("userId", "ann", "marketing", true))
          .when("SEND_EMAIL", reminder)
          .when("UPDATE_NOTIFICATION_PREFERENCES", Map.of("userId", "ann", "marketing", false))
          .when(
              "SEND_EMAIL",
              order("cart_reminder", "m2", "items", "2", "total", "5", "currency", "EUR"));

      assertThat(handedOver).hasSize(1);
    }

    @Test
    void what_belongs_to_an_order_asks_for_no_consent() {
      ann.when("SEND_EMAIL", order("order_confirmed", "m1"));

      assertThat(handedOver).hasSize(1);
    }

    @Test
    void without_an_address_nothing_is_sent_and_that_is_told() {
      TestTurn turn = ann.when("SEND_PUSH", order("order_confirmed", "m1"));

      assertThat(turn.emitted("NOTIFICATION_SUPPRESSED").at("/reason").stringValue())
          .isEqualTo("NO_ADDRESS");
    }

    @Test
    void quiet_hours_put_off_until_they_are_over_and_drop_nothing() {
      TestTurn quiet = quiet("22:00", "07:00");

      TestTurn put =
          actor.given(quiet.state()).at(NIGHT).when("SEND_EMAIL", order("order_confirmed", "m1"));
      TestTurn repeated = put.when("SEND_EMAIL", order("order_confirmed", "m1"));
      var timer = put.timer("ann/EMAIL/order_confirmed/m1");
      TestTurn fired =
          actor
              .given(repeated.state())
              .at(timer.dueAt())
              .when("SEND_EMAIL", timer.message().payload());

      assertThat(timer.dueAt()).isEqualTo(Instant.parse("2026-03-02T07:00:00Z"));
      assertThat(put.emitted()).isEmpty();
      assertThat(fired.emitted("EMAIL_SENT")).isNotNull();
      assertThat(fired.when("SEND_EMAIL", order("order_confirmed", "m1")).emitted()).isEmpty();
      assertThat(handedOver).hasSize(1);
    }

    @Test
    void who_waits_for_a_code_gets_it_at_night_too() {
      TestTurn quiet = quiet("22:00", "07:00");

      actor
          .given(quiet.state())
          .at(NIGHT)
          .when("SEND_EMAIL", order("magic_link", "l", "linkId", "l", "expiresAt", "soon"));

      assertThat(handedOver).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
      "22:00, 07:00, 2026-03-01T21:59:00Z, 2026-03-01T21:59:00Z",
      "22:00, 07:00, 2026-03-01T22:00:00Z, 2026-03-02T07:00:00Z",
      "22:00, 07:00, 2026-03-02T06:59:59Z, 2026-03-02T07:00:00Z",
      "22:00, 07:00, 2026-03-02T07:00:00Z, 2026-03-02T07:00:00Z",
      "12:00, 14:00, 2026-03-01T13:00:00Z, 2026-03-01T14:00:00Z",
      "12:00, 12:00, 2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
    })
    void quiet_hours_end_when_they_say(String from, String until, Instant time, Instant awake) {
      Notification user = quiet(from, until).state(Notification.class);

      assertThat(user.awake(time)).isEqualTo(awake);
    }

    private TestTurn quiet(String from, String until) {
      Map<String, Object> hours = Map.of("from", from, "until", until, "zone", "UTC");
      return ann.when(
          "UPDATE_NOTIFICATION_PREFERENCES", Map.of("userId", "ann", "quietHours", hours));
    }
  }

  @Nested
  class Callbacks {
    private final TestTurn sent = ann.when("SEND_EMAIL", order("order_confirmed", "m1"));

    @Test
    void a_bounce_is_told_once_and_ends_mail_to_that_address() {
      TestTurn bounced = sent.when("PROVIDER_CALLBACK", report("bounced"));
      TestTurn again = bounced.when("PROVIDER_CALLBACK", report("bounced"));
      TestTurn next = again.when("SEND_EMAIL", order("order_confirmed", "m2"));

      assertThat(bounced.emitted("EMAIL_BOUNCED").at("/userId").stringValue()).isEqualTo("ann");
      assertThat(again.emitted()).isEmpty();
      assertThat(next.emitted("NOTIFICATION_SUPPRESSED").at("/reason").stringValue())
          .isEqualTo("UNREACHABLE");
    }

    @Test
    void a_late_word_of_delivery_does_not_take_a_bounce_back() {
      TestTurn turn =
          sent.when("PROVIDER_CALLBACK", report("bounced"))
              .when("PROVIDER_CALLBACK", report("delivered"));

      assertThat(turn.state(Notification.class).notices().get(0).status())
          .isEqualTo(Notice.Status.BOUNCED);
    }

    @Test
    void a_new_address_is_tried_again() {
      TestTurn turn =
          sent.when("PROVIDER_CALLBACK", report("bounced"))
              .when(
                  "UPDATE_NOTIFICATION_PREFERENCES",
                  Map.of("userId", "ann", "email", "ann@example.org"))
              .when("SEND_EMAIL", order("order_confirmed", "m2"));

      assertThat(turn.emitted("EMAIL_SENT")).isNotNull();
    }

    @Test
    void a_mail_that_was_never_sent_is_unknown() {
      assertThat(ann.when("PROVIDER_CALLBACK", report("bounced")).refusal().reason())
          .isEqualTo("UNKNOWN_NOTICE");
    }

    @Test
    void a_text_that_didnt_arrive_says_nothing_of_the_mailbox() {
      Map<String, Object> report = new HashMap<>(report("bounced"));
      report.put("channel", "sms");
      TestTurn turn =
          ann.when("SEND_SMS", order("order_confirmed", "m1")).when("PROVIDER_CALLBACK", report);

      Notification user = turn.state(Notification.class);
      assertThat(user.notices().get(0).status()).isEqualTo(Notice.Status.BOUNCED);
      assertThat(user.unreachable()).isFalse();
      assertThat(turn.emitted()).isEmpty();
    }

    private static Map<String, Object> report(String outcome) {
      return Map.of(
          "userId", "ann", "template", "order_confirmed", "cause", "m1", "outcome", outcome);
    }
  }

  @Nested
  class Events {
    @Test
    void a_refused_payment_is_told_to_its_user() {
      TestTurn turn =
          ann.when(
              "PAYMENT_FAILED",
              Map.of(
                  "orderId", "o1",
                  "userId", "ann",
                  "amount", 5,
                  "currency", "EUR",
                  "reason", "card_declined"));

      assertThat(handedOver).extracting(Outgoing::to).containsExactly("ann@example.com");
      assertThat(turn.emitted("EMAIL_SENT").at("/template").stringValue())
          .isEqualTo("payment_failed");
    }

    @Test
    void the_owner_hears_that_something_is_running_out() {
      actor.when("LOW_STOCK_ALERT", Map.of("productId", "lamp", "available", 2, "threshold", 3));

      assertThat(handedOver).extracting(Outgoing::subject).containsExactly("lamp is running out");
      assertThat(handedOver).extracting(Outgoing::to).containsExactly("owner@shop.test");
    }
  }

  @Nested
  class Users {
    private final TestTurn bob =
        actor.when(
            "USER_REGISTERED",
            Map.of("userId", "bob", "email", "bob@example.com", "name", "Bob", "marketing", false));

    @Test
    void a_new_user_is_known_and_welcomed_once() {
      assertThat(handedOver).extracting(Outgoing::subject).containsExactly("Welcome, Bob");
      assertThat(bob.state(Notification.class).email()).isEqualTo("bob@example.com");
    }

    @Test
    void consent_given_to_the_user_counts_here() {
      TestTurn turn = bob.when("USER_UPDATED", Map.of("userId", "bob", "marketing", true));

      assertThat(turn.state(Notification.class).marketing()).isTrue();
    }

    @Test
    void of_an_erased_user_nothing_is_left_and_nothing_more_is_sent() {
      TestTurn gone = bob.when("USER_ERASED", Map.of("userId", "bob"));
      TestTurn send =
          gone.when(
              "SEND_EMAIL",
              Map.of(
                  "userId", "bob",
                  "to", "bob@example.com",
                  "template", "welcome",
                  "cause", "again"));

      assertThat(gone.state().toString()).doesNotContain("bob@example.com", "Bob");
      assertThat(send.emitted("NOTIFICATION_SUPPRESSED").at("/reason").stringValue())
          .isEqualTo("ERASED");
      assertThat(handedOver).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "magic_link",
        "welcome",
        "order_created",
        "order_confirmed",
        "order_cancelled",
        "order_shipped",
        "shipment_delayed",
        "payment_processed",
        "payment_failed",
        "payment_reminder",
        "subscription_created",
        "low_stock",
        "cart_reminder"
      })
  void every_template_that_can_be_named_can_be_read(String name) {
    Template template = Template.named(name);

    assertThat(template.isMarketing()).isEqualTo(name.equals("cart_reminder"));
    assertThat(template.canWait()).isEqualTo(!name.equals("magic_link"));
    assertThat(template.text()).isNotBlank();
  }

  private static Map<String, Object> order(String template, String cause, String... data) {
    Map<String, String> gaps = new HashMap<>(Map.of("orderId", "o1"));
    for (int i = 0; i < data.length; i += 2) {
      gaps.put(data[i], data[i + 1]);
    }
    Map<String, Object> send = new HashMap<>();
    send.put("userId", "ann");
    send.put("template", template);
    send.put("cause", cause);
    send.put("data", gaps);
    return send;
  }
}
