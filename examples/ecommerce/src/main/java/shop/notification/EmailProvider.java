package shop.notification;

/** Takes mails. Blocks until the provider has answered; used from many threads. */
public interface EmailProvider {
  /**
   * Hands a mail over.
   *
   * @return the provider's name for it
   * @throws ProviderException where it wasn't taken; the same mail may be handed over again
   */
  String send(Outgoing mail);
}
