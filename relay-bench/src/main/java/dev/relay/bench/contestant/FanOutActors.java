package dev.relay.bench.contestant;

import dev.relay.RelayBuilder;
import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Three consumers of one event, each with a state for each key. */
final class FanOutActors {
  static final List<String> CONSUMERS = List.of("first", "second", "third");

  record Sent(String id, long number, String note) {}

  record Seen(long count, long last) {}

  private FanOutActors() {}

  /** What all three do. */
  private abstract static class Consumer extends RelayActor<Seen> {
    private final String name;
    private final CommitWatch watch;

    Consumer(String name, CommitWatch watch) {
      this.name = name;
      this.watch = watch;
    }

    final void take(Sent event, Turn<Seen> turn) {
      long count = turn.state().map(Seen::count).orElse(0L);
      turn.become(new Seen(count + 1, event.number()));
      watch.ran(name, event.number());
    }
  }

  static final class First extends Consumer {
    First(CommitWatch watch) {
      super("first", watch);
    }

    @Handles("SENT")
    void sent(Sent event, Turn<Seen> turn) {
      take(event, turn);
    }
  }

  static final class Second extends Consumer {
    Second(CommitWatch watch) {
      super("second", watch);
    }

    @Handles("SENT")
    void sent(Sent event, Turn<Seen> turn) {
      take(event, turn);
    }
  }

  static final class Third extends Consumer {
    Third(CommitWatch watch) {
      super("third", watch);
    }

    @Handles("SENT")
    void sent(Sent event, Turn<Seen> turn) {
      take(event, turn);
    }
  }

  static void add(RelayBuilder builder, CommitWatch watch) {
    builder.actor(new First(watch)).actor(new Second(watch)).actor(new Third(watch));
  }

  /** Their definitions, in a folder of their own, as Relay reads files. */
  static Path definitions() throws IOException {
    Path folder = Files.createTempDirectory("relay-bench-fanout");
    write(
        folder,
        "source", // an actor has to receive something
        "state: { asked: integer }\n"
            + "queries:\n"
            + "  GET_SOURCE: { payload: { id: string }, do: { reply: '{\"id\": $key}' } }\n"
            + "events:\n"
            + "  SENT: { payload: "
            + payload()
            + " }\n");
    for (String name : CONSUMERS) {
      String type = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      write(
          folder,
          name,
          "class: "
              + FanOutActors.class.getName()
              + "$"
              + type
              + "\nstate: { count: integer, last: integer }"
              + "\nsubscribes:\n  SENT: { pattern: publish }\n");
    }
    return folder;
  }

  private static String payload() {
    return "{ id: string, number: integer, note: string }";
  }

  private static void write(Path folder, String name, String rest) throws IOException {
    String head = "name: " + name + "\nversion: 1.0.0\nkey: id\n";
    Path file = Files.createDirectory(folder.resolve(name)).resolve("actor.yaml");
    Files.writeString(file, "actor:\n" + (head + rest).indent(2));
  }
}
