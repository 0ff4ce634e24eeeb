package dev.relay.bench.process;

import dev.relay.bench.load.Carts;
import dev.relay.bench.load.HttpLoad;
import java.io.IOException;
import java.util.Objects;

/** The process that makes the HTTP load. It ends when the driver closes its standard input. */
final class LoadMain {
  private LoadMain() {}

  public static void main(String[] args) {
    Wire wire = Wire.ofStandardStreams();
    try {
      serve(wire);
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      wire.failed(e);
    }
  }

  private static void serve(Wire wire) throws IOException {
    Order start = Objects.requireNonNull(wire.order(Order.class), "the first order");
    HttpLoad load = new HttpLoad(start.port(), new Carts(start.carts()));
    wire.answer(new Started(start.port()));
    Order order = wire.order(Order.class);
    while (order != null) {
      wire.answer(load.run(order.clients(), order.length()));
      order = wire.order(Order.class);
    }
  }
}
