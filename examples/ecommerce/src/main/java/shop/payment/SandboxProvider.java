package shop.payment;

import dev.relay.message.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Stands in for a payment provider, and takes no money. What it does depends on the method, by the
 * names that Stripe gives to its test cards:
 *
 * <table>
 *   <caption>Test inputs</caption>
 *   <tr><td>{@code pm_card_visa}, and any other</td><td>captured</td></tr>
 *   <tr><td>{@code pm_card_chargeDeclined}</td><td>declined: {@code card_declined}</td></tr>
 *   <tr><td>{@code pm_card_chargeDeclinedInsufficientFunds}</td><td>declined: {@code
 *       insufficient_funds}</td></tr>
 *   <tr><td>{@code pm_card_chargeDeclinedExpiredCard}</td><td>declined: {@code expired_card}</td></tr>
 *   <tr><td>{@code pm_sandbox_pending}</td><td>pending, until PAYMENT_WEBHOOK tells</td></tr>
 *   <tr><td>{@code pm_sandbox_down}</td><td>no answer</td></tr>
 * </table>
 *
 * <p>Each charge and refund is a file in its folder, named after the order and the key. Answers
 * follow from the key alone, so that a restart changes none. Thread-safe.
 */
final class SandboxProvider implements PaymentProvider {
  private static final Map<String, String> DECLINED =
      Map.of(
          "pm_card_chargeDeclined", "card_declined",
          "pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds",
          "pm_card_chargeDeclinedExpiredCard", "expired_card");

  private final Path folder;

  SandboxProvider(Path folder) {
    this.folder = folder;
  }

  @Override
  public Charge charge(ChargeRequest request, String idempotencyKey) {
    String id = id("pi", idempotencyKey);
    String declined = DECLINED.get(request.method());
    if (declined != null) {
      keep("declined-" + request.orderId() + "-" + id, request);
      return new Charge.Declined(id, declined);
    }
    return switch (request.method()) {
      case "pm_sandbox_pending" -> new Charge.Pending(id);
      case "pm_sandbox_down" ->
          throw new ProviderException(
              "the sandbox is down for pm_sandbox_down, as documented", null);
      default -> {
        keep(charged(request.orderId()), new Charge.Captured(id, request.amount()));
        yield new Charge.Captured(id, request.amount());
      }
    };
  }

  @Override
  public String refund(
      String transactionId, BigDecimal amount, String currency, String idempotencyKey) {
    String id = id("re", idempotencyKey);
    keep("refund-" + id, Map.of("transactionId", transactionId, "amount", amount));
    return id;
  }

  @Override
  public Optional<Charge.Captured> find(String orderId) {
    Path file = file(charged(orderId));
    try {
      return Files.exists(file)
          ? Optional.of(Json.mapper().readValue(Files.readString(file), Charge.Captured.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new ProviderException("the sandbox can't read " + file, e);
    }
  }

  private static String id(String kind, String key) {
    return kind
        + "_sandbox_"
        + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
  }

  private static String charged(String orderId) {
    return "charge-" + orderId;
  }

  /** Names may hold anything that an order id may; the file system gets letters and digits. */
  private Path file(String name) {
    return folder.resolve(name.replaceAll("[^A-Za-z0-9_-]", "_") + ".json");
  }

  /** Written aside and moved, so that nobody ever reads half a file. */
  private void keep(String name, Object what) {
    try {
      Files.createDirectories(folder);
      Path aside = Files.createTempFile(folder, "new", null);
      Files.write(aside, Json.mapper().writeValueAsBytes(what));
      Files.move(aside, file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox can't write to " + folder, e);
    }
  }
}
