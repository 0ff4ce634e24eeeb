package shop.user;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.node.InstanceState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.notification.NotificationActor;
import shop.notification.Outgoing;
import shop.notification.Providers;

/** Users, claims and their mail on a real Postgres. */
class UserIT {
  private static final Pattern CODE = Pattern.compile("your code is (\\S+)");
  private static final Queue<Outgoing> MAILS = new ConcurrentLinkedQueue<>();

  private static EmbeddedPostgres postgres;
  private static Relay relay;

  @BeforeAll
  static void open() {
    postgres = EmbeddedPostgres.temporary();
    Providers providers =
        new Providers(UserIT::take, UserIT::take, UserIT::take, "owner@shop.test");
    relay =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .actors(Path.of("actors"))
            .flows(Path.of("flows"))
            .actor(new NotificationActor(providers, MagicTokens.of(Map.of())))
            .start();
  }

  private static String take(Outgoing mail) {
    MAILS.add(mail);
    return "taken";
  }

  @AfterAll
  static void close() {
    relay.close();
    postgres.close();
  }

  @Test
  void of_thirty_who_register_one_address_at_once_one_owns_it() {
    String email = "crowd@example.com";
    List<CompletableFuture<?>> all =
        IntStream.range(0, 30)
            .<CompletableFuture<?>>mapToObj(
                i ->
                    relay.askAsync(
                        "user", "REGISTER_USER", Map.of("email", email, "name", "N" + i)))
            .toList();
    all.forEach(CompletableFuture::join);
    String token = newestToken(email);

    List<String> owners =
        IntStream.range(0, 30)
            .mapToObj(i -> relay.askAsync("user", "VERIFY_TOKEN", present(email, token)))
            .map(answer -> answer.handle((reply, refusal) -> reply))
            .map(CompletableFuture::join)
            .filter(reply -> reply != null)
            .map(reply -> reply.as(Account.Session.class).userId())
            .toList();

    assertThat(owners).hasSize(1);
    Account account =
        relay.ask("user", "GET_USER", Map.of("userId", owners.get(0))).as(Account.class);
    assertThat(account.email()).isEqualTo(email);
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () -> assertThat(MAILS).filteredOn(mail -> isFor(mail, email, "Welcome")).hasSize(1));
    ActorAddress run = new ActorAddress("flow-user_registration", owners.get(0));
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(relay.instance(run).orElseThrow().state())
                    .asString()
                    .contains("\"status\":\"done\""));
  }

  @Test
  void no_table_ever_holds_a_token_that_opens_something() {
    String email = "quiet@example.com";
    relay.ask("user", "REGISTER_USER", Map.of("email", email));
    String token = newestToken(email);

    assertThat(rowsWith(token)).isZero();

    relay.ask("user", "REGISTER_USER", Map.of("email", "other@example.com"));
    RelayException mistaken =
        catchThrowableOfType(
            RelayException.class,
            () -> relay.ask("user", "VERIFY_TOKEN", present("other@example.com", token)));
    assertThat(mistaken.reason()).contains("TOKEN_INVALID");
    assertThat(mistaken).hasMessageNotContaining(token);
    assertThat(rowsWith(token)).isZero();

    relay.ask("user", "VERIFY_TOKEN", present(email, token));
    RelayException spent =
        catchThrowableOfType(
            RelayException.class, () -> relay.ask("user", "LOG_IN", present(email, token)));
    assertThat(spent.reason()).contains("TOKEN_INVALID");
  }

  /** The token of the link that the claim keeps the hash of: mails may come in any order. */
  private static String newestToken(String email) {
    InstanceState claim = relay.instance(new ActorAddress("user", email)).orElseThrow();
    String hash = Objects.requireNonNull(claim.state()).at("/link/hash").stringValue();
    await()
        .atMost(20, SECONDS)
        .until(
            () -> tokens(email).stream().anyMatch(token -> MagicTokens.hash(token).equals(hash)));
    return tokens(email).stream()
        .filter(token -> MagicTokens.hash(token).equals(hash))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> tokens(String email) {
    return MAILS.stream()
        .filter(mail -> isFor(mail, email, "Your code"))
        .map(mail -> CODE.matcher(mail.text()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .toList();
  }

  private static boolean isFor(Outgoing mail, String email, String subject) {
    return mail.to().equals(email) && mail.subject().startsWith(subject);
  }

  private static Map<String, Object> present(String email, String token) {
    return Map.of("email", email, "token", token);
  }

  private static int rowsWith(String text) {
    String sql =
        """
        select (select count(*) from relay.journal j where j::text like '%%%1$s%%')
             + (select count(*) from relay.deliveries d where d::text like '%%%1$s%%')
             + (select count(*) from relay.requests r where r::text like '%%%1$s%%')
             + (select count(*) from relay.actor_state s where s::text like '%%%1$s%%')
        """
            .formatted(text);
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
