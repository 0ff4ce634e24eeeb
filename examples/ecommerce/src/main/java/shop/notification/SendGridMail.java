package shop.notification;

import com.sendgrid.Client;
import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.Response;
import com.sendgrid.SendGrid;
import com.sendgrid.helpers.mail.Mail;
import com.sendgrid.helpers.mail.objects.Content;
import com.sendgrid.helpers.mail.objects.Email;
import java.io.IOException;
import java.util.Map;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SendGrid, through its own SDK. It has no idempotency keys: a mail whose answer was lost, or whose
 * turn didn't commit, is sent again. Each attempt carries the message's id in the header {@code
 * X-Shop-Message}, by which a double can be recognised, and what {@link SendGridWebhook} needs as
 * custom arguments. Thread-safe.
 */
final class SendGridMail implements EmailProvider {
  private static final Logger LOG = LoggerFactory.getLogger(SendGridMail.class);

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 10_000;

  /** As many as there are handlers that wait. */
  private static final int CONNECTIONS = 64;

  private static final String UNVERIFIED = "shop@shop.example";

  private final SendGrid sendGrid;
  private final Email from;
  private final Patience patience;

  private SendGridMail(SendGrid sendGrid, Email from, Patience patience) {
    this.sendGrid = sendGrid;
    this.from = from;
    this.patience = patience;
  }

  /**
   * With {@code SENDGRID_API_KEY}, sending from {@code SENDGRID_FROM}, at {@code SENDGRID_API_BASE}
   * where that is set.
   */
  static SendGridMail of(Map<String, String> environment) {
    return of(environment, Patience.USUAL);
  }

  static SendGridMail of(Map<String, String> environment, Patience patience) {
    ApiBase base = ApiBase.of(environment, "SENDGRID_API_BASE").orElse(null);
    boolean plain = base != null && base.isPlain(); // what the SDK calls a test
    SendGrid sendGrid =
        new SendGrid(environment.get("SENDGRID_API_KEY"), new Client(connections(), plain));
    if (base != null) {
      sendGrid.setHost(base.host() + ":" + base.port());
    }
    String from = environment.getOrDefault("SENDGRID_FROM", UNVERIFIED);
    if (from.equals(UNVERIFIED)) {
      LOG.warn("Mails come from {}: SENDGRID_FROM names a sender verified by SendGrid", from);
    }
    return new SendGridMail(sendGrid, new Email(from), patience);
  }

  private static CloseableHttpClient connections() {
    return HttpClients.custom()
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectTimeout(CONNECT_MILLIS)
                .setConnectionRequestTimeout(CONNECT_MILLIS)
                .setSocketTimeout(READ_MILLIS)
                .build())
        .disableAutomaticRetries()
        .setMaxConnPerRoute(CONNECTIONS)
        .setMaxConnTotal(CONNECTIONS)
        .build();
  }

  @Override
  public String send(Outgoing message) {
    Request request = request(message);
    Response taken = patience.ask("SendGrid", () -> call(request), SendGridMail::answer);
    String id = header(taken, "X-Message-Id");
    return id == null ? message.id() : id;
  }

  private Request request(Outgoing message) {
    Mail mail =
        new Mail(
            from,
            message.subject(),
            new Email(message.to()),
            new Content("text/plain", message.text()));
    mail.addHeader("X-Shop-Message", message.id());
    mail.addCustomArg("userId", message.userId());
    mail.addCustomArg("template", message.template());
    mail.addCustomArg("cause", message.cause());
    Request request = new Request();
    request.setMethod(Method.POST);
    request.setEndpoint("mail/send");
    try {
      request.setBody(mail.build());
    } catch (IOException unwritable) {
      throw new IllegalStateException("a mail that can't be written as JSON", unwritable);
    }
    return request;
  }

  private Response call(Request request) {
    try {
      return sendGrid.api(request);
    } catch (IOException lost) {
      throw new ProviderException("no answer from SendGrid: " + lost.getMessage(), lost);
    }
  }

  private static Patience.Answer answer(Response response) {
    return new Patience.Answer(
        response.getStatusCode(), response.getBody(), header(response, "Retry-After"));
  }

  private static @Nullable String header(Response response, String name) {
    return response.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
