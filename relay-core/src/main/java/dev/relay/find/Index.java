package dev.relay.find;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An order in which an actor's instances can be walked. It has those instances only that have all
 * of its values.
 *
 * @param name its name in the definition
 * @param keys the values it is ordered by, the first counts most; then comes the instance's key
 */
public record Index(String name, List<Key> keys) {
  public Index {
    keys = List.copyOf(keys);
  }

  /** One of the values that instances are ordered by. */
  public record Key(Column column, boolean descending) {
    @Override
    public String toString() {
      return column.text() + (descending ? " desc" : "");
    }
  }

  /** As it is declared: {@code by_user: [userId, createdAt desc]}. */
  @Override
  public String toString() {
    return name
        + ": "
        + keys.stream().map(Key::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
