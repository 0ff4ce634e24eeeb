package dev.relay.chaos.load;

import dev.relay.chaos.actor.Command;
import dev.relay.chaos.actor.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks at once for more than the nodes have room for. Each is asked once: what is accepted must be
 * done, what is refused is refused with the time after which to come again. Thread-safe.
 */
final class Crowd {
  private static final int PEOPLE = 200;
  private static final int REQUESTS_EACH = 2;

  private final Nodes nodes;
  private final Book book;
  private final AtomicInteger rushes = new AtomicInteger();

  Crowd(Nodes nodes, Book book) {
    this.nodes = nodes;
    this.book = book;
  }

  void rush() {
    int rush = rushes.incrementAndGet();
    List<Thread> people = new ArrayList<>();
    for (int i = 1; i <= PEOPLE; i++) {
      String name = "c" + i;
      Thread thread = new Thread(() -> ask(name, rush), "chaos-crowd-" + i);
      thread.setDaemon(true);
      thread.start();
      people.add(thread);
    }
    for (Thread each : people) {
      try {
        each.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void ask(String name, int rush) {
    Random route = new Random();
    for (int i = 1; i <= REQUESTS_EACH; i++) {
      String id = "crowd-" + name + "-" + rush + "-" + i;
      Command command = new Command(name, id, List.of(new Target("entry", "crowd", false)));
      book.tried();
      Answer answer = nodes.send(route, "source", "SEND", command, id);
      if (answer instanceof Answer.Accepted) {
        book.accepted(id);
      } else if (answer instanceof Answer.Refused refused) {
        book.anomaly(id + " was refused: " + refused.detail());
      } else {
        book.unknown(id);
        book.crowdedOut(answer);
      }
    }
  }
}
