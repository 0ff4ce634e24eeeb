package dev.relay.find;

import java.util.List;

/**
 * An indexed value and its type.
 *
 * @param allowed all texts that it may have; empty where it may have any
 */
public record Column(Value value, ValueType type, List<String> allowed) {
  public Column {
    allowed = List.copyOf(allowed);
  }

  /** How conditions name it. */
  public String text() {
    return value.text();
  }
}
