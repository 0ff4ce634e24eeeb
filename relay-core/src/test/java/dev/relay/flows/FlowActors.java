package dev.relay.flows;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Actors for flows: {@code stock}, {@code pay} and {@code desk}. Each writes down in its state what
 * it did, so that a test counts effects and not calls; what a handler does besides, the test says.
 */
final class FlowActors {
  /** What all of them receive; fields that a message doesn't have are absent. */
  record In(String id, String order, Integer n) {}

  /** What was done for whom, in order, as {@code EVENT order}. */
  record Book(List<String> did) {}

  /** What a handler does before its own work. */
  interface Before {
    void run(In in, Turn<Book> turn) throws Exception;
  }

  private final Map<String, Before> scripts = new ConcurrentHashMap<>();

  /** From now on the handler of this event does this first. */
  void before(String event, Before script) {
    scripts.put(event, script);
  }

  void calm(String event) {
    scripts.remove(event);
  }

  private Book did(String event, In in, Turn<Book> turn) throws Exception {
    Before script = scripts.get(event);
    if (script != null) {
      script.run(in, turn);
    }
    List<String> did = new ArrayList<>(turn.state().map(Book::did).orElse(List.of()));
    did.add(event + " " + in.order());
    return turn.become(new Book(did));
  }

  final class Stock extends RelayActor<Book> {
    @Handles(value = "RESERVE", waits = true)
    Book reserve(In in, Turn<Book> turn) throws Exception {
      if (in.n() > 5) {
        throw turn.refuse("OUT_OF_STOCK", "has 5 of " + in.id() + ", not " + in.n());
      }
      return did("RESERVE", in, turn);
    }

    @Handles(value = "RELEASE", waits = true)
    Book release(In in, Turn<Book> turn) throws Exception {
      return did("RELEASE", in, turn);
    }

    @Handles("COUNT")
    Book count(In in, Turn<Book> turn) {
      return turn.state().orElse(new Book(List.of()));
    }
  }

  final class Pay extends RelayActor<Book> {
    @Handles(value = "CHARGE", waits = true)
    Book charge(In in, Turn<Book> turn) throws Exception {
      return did("CHARGE", in, turn);
    }

    @Handles(value = "REFUND", waits = true)
    Book refund(In in, Turn<Book> turn) throws Exception {
      return did("REFUND", in, turn);
    }
  }

  final class Desk extends RelayActor<Book> {
    @Handles(value = "OPEN", waits = true)
    Book open(In in, Turn<Book> turn) throws Exception {
      return did("OPEN", in, turn);
    }

    @Handles(value = "CLOSE", waits = true)
    Book close(In in, Turn<Book> turn) throws Exception {
      return did("CLOSE", in, turn);
    }

    @Handles(value = "CONFIRM", waits = true)
    Book confirm(In in, Turn<Book> turn) throws Exception {
      return did("CONFIRM", in, turn);
    }

    @Handles(value = "MAIL", waits = true)
    void mail(In in, Turn<Book> turn) throws Exception {
      did("MAIL", in, turn);
    }

    @Handles(value = "SHIP", waits = true)
    Book ship(In in, Turn<Book> turn) throws Exception {
      turn.emit("SHIPPED", Map.of("order", in.order(), "n", in.n()));
      return did("SHIP", in, turn);
    }
  }

  List<RelayActor<?>> actors() {
    return List.of(new Stock(), new Pay(), new Desk());
  }

  /** Writes their definitions into {@code actors} of a folder. */
  static Path definitions(Path folder) {
    String in = "{ id: string, order: string, n?: integer }";
    actor(
        folder,
        "stock",
        """
        handles:
          RESERVE: { payload: IN, timeout: 2s }
          RELEASE: { payload: IN }
        queries:
          COUNT: { payload: IN }
        """
            .replace("IN", in));
    actor(
        folder,
        "pay",
        """
        handles:
          CHARGE: { payload: IN, timeout: 1s }
          REFUND: { payload: IN }
        """
            .replace("IN", in));
    actor(
        folder,
        "desk",
        """
        handles:
          OPEN: { payload: IN, timeout: 2s }
          CLOSE: { payload: IN }
          CONFIRM: { payload: IN }
          MAIL: { payload: IN, pattern: tell }
          SHIP: { payload: IN, emits: SHIPPED }
        events:
          SHIPPED: { payload: { order: string, n?: integer } }
        """
            .replace("IN", in));
    return folder.resolve("actors");
  }

  /** Writes a flow into {@code flows} of a folder. */
  static Path flow(Path folder, String name, String rest) {
    String text = "flow:\n  name: " + name + "\n" + rest.indent(2);
    write(folder.resolve("flows").resolve(name + ".yaml"), text);
    return folder.resolve("flows");
  }

  private static void actor(Path folder, String name, String rest) {
    String type = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    String text =
        "actor:\n  name: %s\n  key: id\n  class: %s$%s\n  state: { did: array<string> }\n%s"
            .formatted(name, FlowActors.class.getName(), type, rest.indent(2));
    write(folder.resolve("actors").resolve(name).resolve("actor.yaml"), text);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
