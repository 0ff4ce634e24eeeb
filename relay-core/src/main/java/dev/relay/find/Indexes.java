package dev.relay.find;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The indexes that an actor declares. Immutable.
 *
 * @param actor the actor's name
 * @param stateVersion the version of the states that they are declared on
 */
public record Indexes(String actor, int stateVersion, List<Index> all) {
  public Indexes {
    // by name, as the catalog doesn't keep the order of a definition
    all = all.stream().sorted(Comparator.comparing(Index::name)).toList();
  }

  /** Every indexed value once, in the order of the indexes. */
  public List<Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Index index : all) {
      index.keys().forEach(key -> columns.putIfAbsent(key.column().text(), key.column()));
    }
    return List.copyOf(columns.values());
  }

  /** The indexed value that is written so. */
  public Optional<Column> column(String text) {
    return columns().stream().filter(column -> column.text().equals(text)).findFirst();
  }

  /** All of them as they are declared, for messages. */
  public String text() {
    return all.isEmpty()
        ? "none"
        : all.stream().map(Index::toString).collect(Collectors.joining("; "));
  }

  /** A short text that is another one where anything about the indexes is. */
  public String fingerprint() {
    StringBuilder all = new StringBuilder().append(stateVersion);
    for (Index index : this.all) {
      all.append('\n').append(index);
      index.keys().forEach(key -> all.append(' ').append(key.column().type()));
    }
    return digest(all.toString());
  }

  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every JVM has SHA-256", never);
    }
  }
}
