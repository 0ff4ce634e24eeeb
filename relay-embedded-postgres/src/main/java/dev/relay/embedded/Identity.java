package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;

/**
 * What must be known to use some data, kept in a file in it that only its owner may read.
 *
 * @param databases that are known to exist
 */
record Identity(String user, String password, Set<String> databases) {

  private static final String NAME = "relay.properties";

  Identity {
    databases = Set.copyOf(databases);
  }

  /** A new one, with a password made by chance: 192 bits, no character that a URL would mind. */
  static Identity fresh(String user) {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new Identity(user, password, Set.of());
  }

  Identity with(String database) {
    Set<String> more = new LinkedHashSet<>(databases);
    more.add(database);
    return new Identity(user, password, more);
  }

  static Identity read(Path data) throws IOException {
    Path file = data.resolve(NAME);
    if (!Files.exists(file)) {
      throw new EmbeddedPostgresException(
          Kind.DATA_UNUSABLE,
          "%s was not made by Relay (it has no %s): choose another folder, or connect to that PostgreSQL as one of your own."
              .formatted(data, NAME));
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new Identity(
        properties.getProperty("user", ""),
        properties.getProperty("password", ""),
        Set.of(properties.getProperty("databases", "").split(",")));
  }

  /** Replaces what is there at once, and durably. */
  void write(Path data, Account account) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("databases", String.join(",", databases));
    StringWriter text = new StringWriter();
    properties.store(text, "Relay's embedded PostgreSQL");
    Path fresh = data.resolve(NAME + ".new");
    OwnerOnly.write(fresh, text.toString().getBytes(StandardCharsets.UTF_8));
    account.own(fresh);
    Folders.sync(fresh);
    Files.move(fresh, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(data);
  }
}
