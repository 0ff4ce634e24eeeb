package shop.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Message;
import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class UserActorTest {
  private static final String MAIL = "ann@example.com";
  private static final MagicTokens TOKENS = new MagicTokens("the key of this test");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final TestActor USER =
      TestActor.of(Path.of("actors"), "user", new UserActor(TOKENS)).at(NOW);

  /** A claim whose account lets the right token in and turns wrong ones away. */
  private static final TestActor CLAIM =
      USER.answering("user", "ADMIT_USER", UserActorTest::admission);

  private static Object admission(JsonNode admit) {
    return admit.at("/right").booleanValue()
        ? Map.of("admitted", true, "expiresAt", "2026-03-31T12:00:00Z")
        : Map.of("admitted", false);
  }

  @Nested
  class Links {
    @Test
    void registering_mails_the_name_of_a_link_and_registers_nobody() {
      TestTurn turn = CLAIM.when("REGISTER_USER", Map.of("email", MAIL, "name", "Ann"));

      JsonNode mail = turn.timer("link").message().payload();
      assertThat(turn.emitted()).extracting(Message::type).containsExactly("MAGIC_LINK_REQUESTED");
      assertThat(turn.timer("link").message().type()).isEqualTo("SEND_EMAIL");
      assertThat(mail.at("/to").stringValue()).isEqualTo(MAIL);
      assertThat(mail.at("/data/linkId").stringValue()).isEqualTo(turn.message().id().value());
      assertThat(turn.state().at("/verified").booleanValue()).isFalse();
    }

    @Test
    void the_token_itself_is_in_nothing_that_is_written() {
      TestTurn sent = CLAIM.when("REGISTER_USER", Map.of("email", MAIL));
      TestTurn verified = sent.when("VERIFY_TOKEN", present(token(sent)));

      String written =
          ""
              + sent.emitted()
              + sent.state()
              + sent.reply()
              + sent.timers()
              + verified.state()
              + verified.reply();

      assertThat(written).doesNotContain(token(sent));
      assertThat(verified.asked())
          .extracting(Object::toString)
          .noneMatch(ask -> ask.contains(token(sent)));
    }

    @Test
    void the_right_token_opens_once() {
      TestTurn sent = CLAIM.when("REGISTER_USER", Map.of("email", MAIL));

      TestTurn first = sent.when("VERIFY_TOKEN", present(token(sent)));
      TestTurn again = first.when("VERIFY_TOKEN", present(token(sent)));
      TestTurn elsewhere = first.when("LOG_IN", present(token(sent)));

      assertThat(first.reply().at("/userId").stringValue())
          .isEqualTo(sent.reply().at("/userId").stringValue());
      assertThat(first.state().has("link")).isFalse();
      assertThat(again.refusal().reason()).isEqualTo("EMAIL_TAKEN");
      assertThat(elsewhere.refusal().reason()).isEqualTo("TOKEN_INVALID");
    }

    @Test
    void after_fifteen_minutes_a_token_opens_nothing() {
      TestTurn sent = CLAIM.when("SEND_MAGIC_LINK", Map.of("email", MAIL));

      TestTurn late =
          CLAIM
              .given(sent.state())
              .at(NOW.plus(Claim.Link.LIFE))
              .when("VERIFY_TOKEN", present(token(sent)));

      assertThat(late.refusal().reason()).isEqualTo("TOKEN_EXPIRED");
      assertThat(late.asked()).isEmpty();
    }

    @Test
    void a_newer_link_takes_the_place_of_the_one_before_and_keeps_the_user() {
      TestTurn first = CLAIM.when("SEND_MAGIC_LINK", Map.of("email", MAIL));
      TestTurn second = first.when("SEND_MAGIC_LINK", Map.of("email", MAIL));

      assertThat(second.reply().at("/userId")).isEqualTo(first.reply().at("/userId"));
      assertThat(second.when("VERIFY_TOKEN", present(token(first))).refusal().reason())
          .isEqualTo("TOKEN_INVALID");
      assertThat(second.when("VERIFY_TOKEN", present(token(second))).reply()).isNotNull();
    }

    @Test
    void an_address_that_asked_for_nothing_has_no_right_token() {
      TestTurn turn = CLAIM.when("VERIFY_TOKEN", present("whatever"));

      assertThat(turn.refusal().reason()).isEqualTo("TOKEN_INVALID");
      assertThat(turn.asked()).isEmpty();
    }

    @Test
    void an_address_with_an_account_is_taken() {
      TestTurn sent = CLAIM.when("REGISTER_USER", Map.of("email", MAIL));
      TestTurn owned = sent.when("VERIFY_TOKEN", present(token(sent)));

      assertThat(owned.when("REGISTER_USER", Map.of("email", MAIL)).refusal().reason())
          .isEqualTo("EMAIL_TAKEN");
    }

    @Test
    void a_locked_account_takes_no_token_and_spends_none() {
      TestTurn sent = CLAIM.when("REGISTER_USER", Map.of("email", MAIL));

      TestTurn locked =
          USER.refusing("user", "ADMIT_USER", "USER_LOCKED", "too many")
              .given(sent.state())
              .when("VERIFY_TOKEN", present(token(sent)));

      assertThat(locked.refusal().reason()).isEqualTo("USER_LOCKED");
    }

    @Test
    void an_erased_account_sets_the_address_free_for_another() {
      TestTurn sent = CLAIM.when("REGISTER_USER", Map.of("email", MAIL));
      TestTurn owned = sent.when("VERIFY_TOKEN", present(token(sent)));
      String userId = owned.reply().at("/userId").stringValue();

      TestTurn other = owned.when("RELEASE_EMAIL", Map.of("email", MAIL, "userId", "other"));
      TestTurn free = other.when("RELEASE_EMAIL", Map.of("email", MAIL, "userId", userId));
      TestTurn next = free.when("REGISTER_USER", Map.of("email", MAIL));

      assertThat(other.state()).isEqualTo(owned.state());
      assertThat(free.state()).hasToString("{\"kind\":\"free\"}");
      assertThat(next.reply().at("/userId").stringValue()).isNotEqualTo(userId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ann@example.com", "ann", "a b@example.com", ""})
    void one_address_is_written_in_one_way(String email) {
      assertThat(CLAIM.when("REGISTER_USER", Map.of("email", email)).refusal().violations())
          .isNotEmpty();
    }
  }

  @Nested
  class Accounts {
    private final TestTurn opened = USER.when("ADMIT_USER", admit(true));

    @Test
    void the_first_right_token_registers_and_logs_in() {
      assertThat(opened.emitted())
          .extracting(Message::type)
          .containsExactly("USER_REGISTERED", "USER_LOGGED_IN");
      assertThat(opened.state(Account.class).sessions()).hasSize(1);
    }

    @Test
    void the_next_ones_log_in_only_and_the_newest_ten_sessions_stay() {
      TestTurn turn = opened;
      for (int i = 0; i < 12; i++) {
        turn = turn.when("ADMIT_USER", admit(true));
      }

      assertThat(turn.emitted()).extracting(Message::type).containsExactly("USER_LOGGED_IN");
      assertThat(turn.state(Account.class).sessions()).hasSize(Account.MOST_SESSIONS);
    }

    @Test
    void five_wrong_tokens_in_a_row_lock_for_fifteen_minutes() {
      TestTurn turn = opened;
      for (int i = 0; i < 4; i++) {
        turn = turn.when("ADMIT_USER", admit(false));
        assertThat(turn.emitted()).isEmpty();
      }
      TestTurn fifth = turn.when("ADMIT_USER", admit(false));
      TestTurn right = fifth.when("ADMIT_USER", admit(true));
      TestTurn later =
          USER.given(fifth.state()).at(NOW.plus(Attempts.LOCK)).when("ADMIT_USER", admit(true));

      assertThat(fifth.emitted("USER_LOCKED").at("/until").stringValue())
          .isEqualTo("2026-03-01T12:15:00Z");
      assertThat(right.refusal().reason()).isEqualTo("USER_LOCKED");
      assertThat(later.reply().at("/admitted").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_order_of_attempts_lets_more_than_five_wrong_ones_through(long seed) {
      Random random = new Random(seed);
      TestTurn turn = USER.when("ADMIT_USER", admit(random.nextBoolean()));
      int wrong = turn.reply().at("/admitted").booleanValue() ? 0 : 1;
      for (int i = 0; i < 60 && wrong < 5; i++) {
        boolean right = random.nextInt(4) == 0;
        turn = turn.when("ADMIT_USER", admit(right));
        wrong = right ? 0 : wrong + 1;
      }
      if (wrong == 5) {
        assertThat(turn.emitted("USER_LOCKED")).isNotNull();
        assertThat(turn.when("ADMIT_USER", admit(true)).refusal().reason())
            .isEqualTo("USER_LOCKED");
      }
    }

    @Test
    void logging_out_ends_a_session_once() {
      String session = opened.state(Account.class).sessions().get(0).sessionId();
      Map<String, Object> payload = Map.of("userId", "u1", "sessionId", session);

      TestTurn out = opened.when("LOG_OUT", payload);
      TestTurn again = out.when("LOG_OUT", payload);

      assertThat(out.emitted("USER_LOGGED_OUT").at("/sessionId").stringValue()).isEqualTo(session);
      assertThat(again.emitted()).isEmpty();
    }

    @Test
    void an_address_replaces_the_one_of_the_same_name_and_can_be_taken_out() {
      TestTurn home = opened.when("ADD_ADDRESS", address("home", "Basel"));
      TestTurn moved = home.when("ADD_ADDRESS", address("home", "Bern"));
      TestTurn none = moved.when("REMOVE_ADDRESS", Map.of("userId", "u1", "addressId", "home"));

      assertThat(moved.state(Account.class).addresses())
          .extracting(Account.Address::city)
          .containsExactly("Bern");
      assertThat(none.state(Account.class).addresses()).isEmpty();
    }

    @Test
    void consent_is_told() {
      TestTurn turn = opened.when("SET_CONSENT", Map.of("userId", "u1", "marketing", true));

      assertThat(turn.emitted("USER_UPDATED").at("/marketing").booleanValue()).isTrue();
    }

    @Test
    void mail_that_came_back_is_remembered() {
      TestTurn turn =
          opened.when(
              "EMAIL_BOUNCED",
              Map.of("userId", "u1", "template", "welcome", "cause", "c", "reason", "no such box"));

      assertThat(turn.state(Account.class).reachable()).isFalse();
    }

    @Test
    void erasing_leaves_an_id_and_a_time() {
      TestTurn gone =
          USER.answering("user", "RELEASE_EMAIL", List.of())
              .given(opened.state())
              .when("ERASE_USER", Map.of("userId", "u1"));
      TestTurn again = gone.when("ERASE_USER", Map.of("userId", "u1"));

      assertThat(gone.state())
          .hasToString(
              "{\"kind\":\"erased\",\"userId\":\"u1\",\"erasedAt\":\"2026-03-01T12:00:00Z\"}");
      assertThat(gone.emitted("USER_ERASED")).isNotNull();
      assertThat(again.emitted()).isEmpty();
      assertThat(gone.when("GET_USER", Map.of("userId", "u1")).refusal().reason())
          .isEqualTo("USER_ERASED");
    }
  }

  private static Map<String, Object> present(String token) {
    return Map.of("email", MAIL, "token", token);
  }

  private static String token(TestTurn sent) {
    return TOKENS.token(sent.message().id().value(), MAIL);
  }

  private static Map<String, Object> admit(boolean right) {
    return Map.of(
        "userId",
        "u1",
        "email",
        MAIL,
        "marketing",
        false,
        "sessionId",
        java.util.UUID.randomUUID().toString(),
        "right",
        right);
  }

  private static Map<String, Object> address(String id, String city) {
    return Map.of(
        "userId",
        "u1",
        "address",
        Map.of(
            "addressId", id,
            "recipient", "Ann",
            "street", "Main Street 1",
            "postalCode", "4000",
            "city", city,
            "country", "CH"));
  }
}
