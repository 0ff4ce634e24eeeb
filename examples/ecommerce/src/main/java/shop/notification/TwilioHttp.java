package shop.notification;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How the SDK calls Twilio. By itself it sends a message again whose answer was lost, knows nothing
 * of {@code Retry-After}, waits for half a minute, and has one address. Thread-safe.
 */
final class TwilioHttp extends NetworkHttpClient {
  private static final Timeout CONNECT = Timeout.ofSeconds(5);
  private static final Timeout ANSWER = Timeout.ofSeconds(10);

  /** As many as there are handlers that wait. */
  private static final int CONNECTIONS = 64;

  private final Patience patience;

  TwilioHttp(@Nullable ApiBase base, Patience patience) {
    super(client(base));
    this.patience = patience;
  }

  private static HttpClientBuilder client(@Nullable ApiBase base) {
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(CONNECTIONS)
            .setMaxConnTotal(CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
            .build();
    RequestConfig config =
        RequestConfig.custom()
            .setConnectionRequestTimeout(CONNECT)
            .setResponseTimeout(ANSWER)
            .build();
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(connections)
            .disableAutomaticRetries()
            // the SDK puts its own times on each request; these come after
            .addExecInterceptorFirst(
                "times",
                (request, scope, chain) -> {
                  scope.clientContext.setRequestConfig(config);
                  return chain.proceed(request, scope);
                });
    if (base != null) {
      HttpHost host = new HttpHost(base.scheme(), base.host(), base.port());
      builder.setRoutePlanner((target, context) -> new HttpRoute(host, null, !base.isPlain()));
    }
    return builder;
  }

  @Override
  public Response reliableRequest(Request request) {
    return patience.ask("Twilio", () -> makeRequest(request), TwilioHttp::answer);
  }

  private static Patience.Answer answer(Response response) {
    String text = response.getStatusCode() / 100 == 2 ? null : response.getContent();
    String retryAfter = null;
    for (Header header : response.getHeaders()) {
      if (header.getName().equalsIgnoreCase("Retry-After")) {
        retryAfter = header.getValue();
      }
    }
    return new Patience.Answer(response.getStatusCode(), text, retryAfter);
  }
}
