package dev.relay.server.webhook;

import dev.relay.failure.RelayException;
import dev.relay.node.SendRequest;
import java.util.List;

/**
 * What one other system tells an application, at {@code POST /api/webhooks/{name}}. It is made once
 * and used by many threads at a time.
 *
 * <p>{@code relay serve} finds those that {@code
 * META-INF/services/dev.relay.server.webhook.Webhook} names on the application's class path and
 * makes them by their constructor without parameters; {@link
 * dev.relay.server.RelayServer.Builder#webhook} takes them one by one.
 */
public interface Webhook {
  /** The last part of its path, for example {@code stripe}: lower-case letters, digits, dashes. */
  String name();

  /**
   * Says what a call means for actors. The caller hears of success, 200, once every message is
   * committed: an ask was done, a tell is safe. It repeats what it has heard nothing of, so give
   * each message a request id that follows from the caller's own id of what happened, and nothing
   * is done twice.
   *
   * <p>Runs on a thread that may wait. Whatever it throws is answered as a problem; what isn't a
   * {@link RelayException} is a fault, 500.
   *
   * @return the messages to send; none where this call is of no interest, which is a success too
   * @throws RelayException {@link WebhookCall#refused} where it isn't genuine, {@link
   *     WebhookCall#notConfigured} where that can't be told
   */
  List<SendRequest> receive(WebhookCall call);
}
