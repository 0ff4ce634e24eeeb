package dev.relay.bench.contestant;

import dev.relay.bench.load.Carts;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What yardstick (c) writes: texts made once, of the size that a real turn has, and the version
 * that each row is at. Every slot (a cart modulo the products) belongs to one connection, so the
 * versions need no lock, as every key has one writer in Relay.
 */
final class TurnRows {
  static final String[] CONSUMERS = {"inventory", "analytics"};

  private static final String MESSAGE =
      """
      {"id":"019a3b5c-7d1e-7f00-8a00-00000000beef","type":"%s","actor":"%s","key":"%s",\
      "payload":%s,"headers":{"correlation":"019a3b5c-7d1e-7f00-8a00-00000000beef",\
      "causation":"019a3b5c-7d1e-7f00-8a00-00000000cafe","producer":"cart","schema":"1.0.0",\
      "time":"2026-11-01T12:00:00.123456Z"}}""";

  private static final String ADDED =
      "{\"userId\":\"%s\",\"productId\":\"%s\",\"quantity\":1,\"total\":1234.50}";

  private static final String CONSUMER_STATE =
      "{\"product\":\"%s\",\"inCarts\":1234,\"lastCart\":\"user000000\",\"lastTotal\":1234.50}";

  private final Carts carts;
  private final String[] cartKeys;
  private final String[] cartStates;
  private final String[] commands;
  private final String[][] events;
  private final String[] consumerKeys;
  private final String[] consumerStates;
  private final long[] cartVersions;
  private final long[][] consumerVersions;

  TurnRows(Carts carts) {
    this.carts = carts;
    this.cartKeys = texts(carts.count(), carts::userId);
    this.cartStates = texts(carts.count(), carts::fullState);
    this.consumerKeys = texts(carts.products(), carts::productId);
    this.consumerStates =
        texts(carts.products(), slot -> CONSUMER_STATE.formatted(consumerKeys[slot]));
    this.commands =
        texts(
            carts.count(),
            cart -> MESSAGE.formatted("ADD_TO_CART", "cart", cartKeys[cart], added(cart)));
    this.events = new String[CONSUMERS.length][];
    for (int consumer = 0; consumer < CONSUMERS.length; consumer++) {
      String actor = CONSUMERS[consumer];
      events[consumer] = texts(carts.count(), cart -> event(actor, cart));
    }
    this.cartVersions = new long[carts.count()];
    this.consumerVersions = new long[CONSUMERS.length][carts.products()];
  }

  /** How many slots there are to choose carts from. */
  int slots() {
    return carts.products();
  }

  int carts() {
    return carts.count();
  }

  String cartKey(int cart) {
    return cartKeys[cart];
  }

  String cartState(int cart) {
    return cartStates[cart];
  }

  String command(int cart) {
    return commands[cart];
  }

  long nextCartVersion(int cart) {
    return ++cartVersions[cart];
  }

  /** The key of the consumer's instance: the same for every cart of a slot. */
  String consumerKey(int slot) {
    return consumerKeys[slot];
  }

  String consumerState(int slot) {
    return consumerStates[slot];
  }

  long nextConsumerVersion(int consumer, int slot) {
    return ++consumerVersions[consumer][slot];
  }

  /** What the cart's turn owes to this consumer. */
  String event(int consumer, int cart) {
    return events[consumer][cart];
  }

  private String event(String actor, int cart) {
    String key = consumerKeys[cart % slots()];
    return MESSAGE.formatted("ITEM_ADDED_TO_CART", actor, key, added(cart));
  }

  private String added(int cart) {
    return ADDED.formatted(cartKeys[cart], carts.productId(carts.product(cart, 0)));
  }

  private static String[] texts(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).toArray(String[]::new);
  }
}
