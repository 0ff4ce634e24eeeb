package shop.notification;

/**
 * A message ready to be sent. Immutable.
 *
 * @param id the same for every attempt at the same message: providers that can, take it only once
 * @param userId whose it is
 * @param template with {@code cause} what a provider's reports name it by
 * @param to an address, a telephone number or a device
 * @param subject in one line
 * @param text what it says
 */
public record Outgoing(
    String id,
    String userId,
    String template,
    String cause,
    String to,
    String subject,
    String text) {}
