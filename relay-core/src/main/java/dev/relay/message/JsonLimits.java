package dev.relay.message;

/**
 * How big a JSON document may be. Immutable.
 *
 * @param maxBytes length in UTF-8 bytes
 * @param maxDepth objects and arrays inside one another; 1 allows {@code [1]} and not {@code [[]]}
 * @param maxValues objects, arrays, strings, numbers, booleans and nulls, all together
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxValues) {
  /** 1 MiB, 64 levels, 100,000 values: chosen; honest messages stay far below all three. */
  public static final JsonLimits DEFAULT = new JsonLimits(1_048_576, 64, 100_000);

  public JsonLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxValues < 1) {
      throw new IllegalArgumentException(
          "limits are positive, not " + maxBytes + ", " + maxDepth + ", " + maxValues);
    }
  }
}
