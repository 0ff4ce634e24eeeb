package dev.relay.ask;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Actors that may ask each other: {@code front} → {@code middle} → {@code back} → {@code front},
 * and {@code ear}, which is asked by an event of {@code front}. What their handlers do, the test
 * says; without a word each adds up what it gets.
 */
final class AskingActors {
  record In(String id, int n) {}

  record Sum(int n) {}

  /** What a handler does in a test. */
  interface Does {
    Sum with(In in, Turn<Sum> turn) throws Exception;
  }

  private final Map<String, Does> scripts = new ConcurrentHashMap<>();

  /** Every run of a handler, as {@code EVENT id}. */
  final List<String> runs = new CopyOnWriteArrayList<>();

  /** From now on the handler of this event does this. */
  void on(String event, Does does) {
    scripts.put(event, does);
  }

  /** How often a handler has run for an instance. */
  long runs(String event, String id) {
    return runs.stream().filter((event + " " + id)::equals).count();
  }

  private Sum run(String event, In in, Turn<Sum> turn) throws Exception {
    runs.add(event + " " + in.id());
    return scripts.getOrDefault(event, AskingActors::add).with(in, turn);
  }

  static Sum add(In in, Turn<Sum> turn) {
    return turn.become(new Sum(turn.state().map(Sum::n).orElse(0) + in.n()));
  }

  static Sum look(In in, Turn<Sum> turn) {
    return turn.state().orElse(new Sum(0));
  }

  final class Front extends RelayActor<Sum> {
    @Handles(value = "DO_FRONT", waits = true)
    Sum doFront(In in, Turn<Sum> turn) throws Exception {
      return run("DO_FRONT", in, turn);
    }

    @Handles(value = "TELL_FRONT", waits = true)
    void tellFront(In in, Turn<Sum> turn) throws Exception {
      run("TELL_FRONT", in, turn);
    }

    @Handles("PURE_FRONT")
    Sum pureFront(In in, Turn<Sum> turn) throws Exception {
      return run("PURE_FRONT", in, turn);
    }

    @Handles(value = "LOOK_FRONT", waits = true)
    Sum lookFront(In in, Turn<Sum> turn) throws Exception {
      return run("LOOK_FRONT", in, turn);
    }
  }

  final class Middle extends RelayActor<Sum> {
    @Handles(value = "DO_MIDDLE", waits = true)
    Sum doMiddle(In in, Turn<Sum> turn) throws Exception {
      return run("DO_MIDDLE", in, turn);
    }

    @Handles("LOOK_MIDDLE")
    Sum lookMiddle(In in, Turn<Sum> turn) {
      return look(in, turn);
    }
  }

  final class Ear extends RelayActor<Sum> {
    @Handles(value = "FRONT_DONE", waits = true)
    Sum frontDone(In in, Turn<Sum> turn) throws Exception {
      return run("FRONT_DONE", in, turn);
    }
  }

  final class Back extends RelayActor<Sum> {
    @Handles(value = "DO_BACK", waits = true)
    Sum doBack(In in, Turn<Sum> turn) throws Exception {
      return run("DO_BACK", in, turn);
    }

    @Handles(value = "SLOW_BACK", waits = true)
    Sum slowBack(In in, Turn<Sum> turn) throws Exception {
      return run("SLOW_BACK", in, turn);
    }
  }

  List<RelayActor<?>> actors() {
    return List.of(new Front(), new Middle(), new Back(), new Ear());
  }

  /** Writes their definitions into a folder. */
  static Path definitions(Path folder) {
    write(
        folder,
        "front",
        """
        handles:
          DO_FRONT:
            payload: { id: string, n: integer }
            emits: FRONT_DONE
            returns: Front
            timeout: 20s
          TELL_FRONT: { payload: { id: string, n: integer }, pattern: tell }
          PURE_FRONT: { payload: { id: string, n: integer }, returns: Front }
        events:
          FRONT_DONE: { payload: { id: string, n: integer } }
        queries:
          LOOK_FRONT: { payload: { id: string, n: integer }, returns: Front }
        dependencies:
          middle: { events: [DO_MIDDLE, LOOK_MIDDLE], timeout: 20s }
          back:
            events: [SLOW_BACK]
            timeout: 1s
            breaker: { failures: 3, of: 3, pause: 1h, probes: 1 }
        retry: { attempts: 5, backoff: 20ms, max: 50ms }
        """);
    write(
        folder,
        "middle",
        """
        handles:
          DO_MIDDLE:
            payload: { id: string, n: integer }
            validates: n < 1000
            returns: Middle
            timeout: 20s
        queries:
          LOOK_MIDDLE: { payload: { id: string, n: integer }, returns: Middle }
        dependencies:
          back: { events: [DO_BACK], timeout: 20s }
        """);
    write(
        folder,
        "back",
        """
        handles:
          DO_BACK: { payload: { id: string, n: integer }, returns: Back, timeout: 20s }
        queries:
          SLOW_BACK: { payload: { id: string, n: integer }, returns: Back }
        dependencies:
          front: { events: [DO_FRONT], timeout: 20s }
        """);
    write(
        folder,
        "ear",
        """
        subscribes:
          FRONT_DONE: { pattern: ask, timeout: 10s }
        retry: { attempts: 3, backoff: 20ms, max: 50ms }
        """);
    return folder;
  }

  private static void write(Path folder, String name, String rest) {
    String type = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    String text =
        "actor:\n  name: %s\n  key: id\n  class: %s$%s\n  state: { n: integer }\n%s"
            .formatted(name, AskingActors.class.getName(), type, rest.indent(2));
    try {
      Files.createDirectories(folder.resolve(name));
      Files.writeString(folder.resolve(name).resolve("actor.yaml"), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
