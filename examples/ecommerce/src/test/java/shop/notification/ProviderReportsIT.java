package shop.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.server.RelayServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shop.user.MagicTokens;

/** SendGrid and Twilio call the shop over HTTP, of messages that were sent. */
@Timeout(120)
class ProviderReportsIT {
  private static final String PUBLIC_URL = "https://shop.example";
  private static final String TOKEN = "twilio-token";
  private static final SendGridSigner SENDGRID = new SendGridSigner();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static EmbeddedPostgres postgres;
  private static Relay relay;
  private static RelayServer server;

  @BeforeAll
  static void open() {
    postgres = EmbeddedPostgres.temporary();
    Providers taking =
        new Providers(
            m -> "m-" + m.id(), m -> "t-" + m.id(), m -> "p-" + m.id(), "owner@shop.test");
    relay =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .actors(Path.of("actors"))
            .actor(new NotificationActor(taking, MagicTokens.of(Map.of())))
            .start();
    server =
        RelayServer.builder()
            .relay(relay)
            .port(0)
            .webhook(
                new SendGridWebhook(Map.of("SENDGRID_WEBHOOK_PUBLIC_KEY", SENDGRID.publicKey())))
            .webhook(
                new TwilioWebhook(
                    Map.of("TWILIO_AUTH_TOKEN", TOKEN, "SHOP_PUBLIC_URL", PUBLIC_URL)))
            .start();
  }

  @AfterAll
  static void close() {
    server.close();
    relay.close();
    postgres.close();
  }

  @Test
  void a_mail_that_came_back_ends_mail_to_that_address() throws Exception {
    sent("bo", "SEND_EMAIL", "bo@example.com");
    String body =
        """
        [{"event":"bounce","type":"bounce","reason":"550","sg_event_id":"e1",
          "userId":"bo","template":"welcome","cause":"c1"}]
        """;

    assertThat(post("sendgrid", "", body, SENDGRID.headers(body))).isEqualTo(200);
    assertThat(post("sendgrid", "", body, SENDGRID.headers(body))).isEqualTo(200);

    await().atMost(30, SECONDS).until(() -> notifications("bo").unreachable());
    assertThat(notifications("bo").notices())
        .extracting(Notice::status)
        .containsExactly(Notice.Status.BOUNCED);
  }

  @Test
  void a_text_that_arrived_is_delivered_and_says_so() throws Exception {
    sent("cy l", "SEND_SMS", "+41791234567");
    String address = TwilioWebhook.address(text("cy l"));
    String query = address.substring(address.indexOf('?') + 1);
    Map<String, String> form =
        new TreeMap<>(Map.of("MessageSid", "SM1", "MessageStatus", "delivered"));

    assertThat(post("twilio", query, form(form), Map.of("X-Twilio-Signature", "bm8=")))
        .as("forged")
        .isEqualTo(400);
    assertThat(post("twilio", query, form(form), signature(PUBLIC_URL + address, form)))
        .isEqualTo(200);

    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () ->
                assertThat(notifications("cy l").notices())
                    .extracting(Notice::status)
                    .containsExactly(Notice.Status.DELIVERED));
  }

  private static Outgoing text(String userId) {
    return new Outgoing("id", userId, "welcome", "c1", "+41791234567", "", "");
  }

  /** As Twilio's documentation has it: SHA-1 over the address and the fields in order. */
  private static Map<String, String> signature(String url, Map<String, String> form)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(TOKEN.getBytes(UTF_8), "HmacSHA1"));
    String fields =
        form.entrySet().stream()
            .map(field -> field.getKey() + field.getValue())
            .collect(Collectors.joining());
    byte[] digest = mac.doFinal((url + fields).getBytes(UTF_8));
    return Map.of("X-Twilio-Signature", Base64.getEncoder().encodeToString(digest));
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static void sent(String userId, String command, String to) {
    String field = to.startsWith("+") ? "phone" : "email";
    relay.ask(
        "notification", "UPDATE_NOTIFICATION_PREFERENCES", Map.of("userId", userId, field, to));
    relay.tell(
        "notification",
        command,
        Map.of(
            "userId", userId, "template", "welcome", "cause", "c1", "data", Map.of("name", "Bo")));
    await().atMost(30, SECONDS).until(() -> !notifications(userId).notices().isEmpty());
  }

  private static Notification notifications(String userId) {
    return relay
        .ask("notification", "GET_NOTIFICATIONS", Map.of("userId", userId))
        .as(Notification.class);
  }

  private static int post(String webhook, String query, String body, Map<String, String> headers)
      throws Exception {
    String address = "http://127.0.0.1:" + server.port() + "/api/webhooks/" + webhook;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(query.isEmpty() ? address : address + "?" + query))
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofString()).statusCode();
  }
}
