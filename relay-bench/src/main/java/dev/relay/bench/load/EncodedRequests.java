package dev.relay.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Every request of a run as bytes, made before the run: one block of memory, one length for all, so
 * that sending is a write of a slice and nothing else.
 */
final class EncodedRequests {
  private final ByteBuffer all;
  private final int length;
  private final CartChoice choice;

  EncodedRequests(Carts carts, String host) {
    this.choice = new CartChoice(carts);
    this.length = encode(carts, host, 0, 0).length;
    this.all = ByteBuffer.allocateDirect(Math.multiplyExact(length, carts.count() * Carts.LINES));
    for (int line = 0; line < Carts.LINES; line++) {
      for (int cart = 0; cart < carts.count(); cart++) {
        all.put(encode(carts, host, cart, line));
      }
    }
  }

  /** A view of all requests, for one connection. */
  ByteBuffer view() {
    return all.duplicate();
  }

  /** Turns the view to the request that comes next. */
  void next(ByteBuffer view) {
    int from = choice.next() * length;
    view.limit(from + length).position(from);
  }

  private static byte[] encode(Carts carts, String host, int cart, int line) {
    String body = carts.addToCart(cart, line);
    String head =
        "POST /api/actors/cart HTTP/1.1\r\nHost: "
            + host
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }
}
