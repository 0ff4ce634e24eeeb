package shop.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for providers: what it takes becomes a text file that the user can look at, one a
 * message however often it is sent. It fails, as a provider that is down, for receivers that begin
 * with {@code fail}.
 */
final class Sandbox {
  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

  private final Path folder;

  Sandbox(Path folder) {
    this.folder = folder;
  }

  static Sandbox of(Map<String, String> environment) {
    return new Sandbox(Path.of(environment.getOrDefault("SHOP_OUTBOX", ".relay/outbox")));
  }

  void announce(String what) {
    LOG.warn("Sandbox: {} aren't sent, but kept in {}", what, folder.toAbsolutePath());
  }

  String email(Outgoing mail) {
    return keep("email", mail);
  }

  String sms(Outgoing text) {
    return keep("sms", text);
  }

  String push(Outgoing push) {
    return keep("push", push);
  }

  private String keep(String channel, Outgoing message) {
    if (message.to().startsWith("fail")) {
      throw new ProviderException("the sandbox fails for " + message.to() + ", as it says it does");
    }
    String id = UUID.nameUUIDFromBytes(message.id().getBytes(StandardCharsets.UTF_8)).toString();
    String text =
        "To: %s\nSubject: %s\n\n%s".formatted(message.to(), message.subject(), message.text());
    try {
      Path of = Files.createDirectories(folder.resolve(channel));
      Files.writeString(of.resolve(id + ".txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox can't write to " + folder, e);
    }
    return "sandbox-" + id;
  }
}
