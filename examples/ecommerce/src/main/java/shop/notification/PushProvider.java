package shop.notification;

/** Takes push messages. Blocks until the provider has answered; used from many threads. */
public interface PushProvider {
  /**
   * Hands a push message over.
   *
   * @return the provider's name for it
   * @throws ProviderException where it wasn't taken; the same one may be handed over again
   */
  String send(Outgoing push);
}
