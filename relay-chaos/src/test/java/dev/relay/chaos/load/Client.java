package dev.relay.chaos.load;

import dev.relay.chaos.actor.Command;
import dev.relay.chaos.actor.Order;
import dev.relay.chaos.actor.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * One client with a source of its own: one message at a time, repeated with the same request id
 * until it is acknowledged, or sometimes given up. What it chooses depends on the seed alone.
 */
final class Client implements Runnable {
  private static final List<String> KINDS =
      List.of("entry", "shake", "poison", "step", "tick", "alarm");
  private static final int RECEIVERS = 5;
  static final Executor OWN_THREAD =
      task -> {
        Thread thread = new Thread(task, "chaos-hedge");
        thread.setDaemon(true);
        thread.start();
      };
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private final String name;
  private final Random choice;
  private final Random route;
  private final Nodes nodes;
  private final Book book;
  private volatile boolean stopping;
  private boolean hedged;
  private long messages;
  private long acknowledged;

  Client(String name, long seed, Nodes nodes, Book book) {
    this.name = name;
    this.choice = new Random(seed);
    // apart, because how often it is used depends on what fails
    this.route = new Random(~seed);
    this.nodes = nodes;
    this.book = book;
  }

  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        step();
      } catch (RuntimeException fault) {
        book.anomaly(name + " failed: " + fault);
      }
      LockSupport.parkNanos(Duration.ofMillis(2 + choice.nextInt(20)).toNanos());
    }
  }

  private void step() {
    String id = name + "-" + ++messages;
    boolean patient = choice.nextInt(8) != 0;
    int what = choice.nextInt(13);
    // two tries at once share the generator, which is thread-safe
    hedged = choice.nextInt(5) == 0;
    if (what < 5) {
      ask(id, patient);
    } else if (what < 7) {
      order(id, patient, what == 5 ? "ORDER" : "ORDER_LATER");
    } else if (what < 8) {
      Command command = command(id);
      send(id, patient, () -> nodes.send(route, "source", "SEND_LATER", command, id));
    } else if (what < 10) {
      Map<String, String> word = word(id);
      send(id, patient, () -> nodes.send(route, "ledger", "NOTE", word, id));
    } else if (what < 11) {
      Map<String, String> word = word(id);
      send(id, patient, () -> nodes.publish(route, "ANNOUNCED", word, id));
    } else if (what < 12) {
      errand(id, patient);
    } else {
      query();
    }
  }

  private void ask(String id, boolean patient) {
    Command command = command(id);
    boolean again = choice.nextInt(8) == 0;
    boolean conflict = choice.nextInt(16) == 0;
    Answer first = send(id, patient, () -> nodes.send(route, "source", "SEND", command, id));
    if (!(first instanceof Answer.Accepted accepted)) {
      return;
    }
    acknowledged++;
    if (again) {
      repeat(command, accepted.data());
    }
    if (conflict) {
      reuse(id);
    }
  }

  /** Through the broker, which fails at times: then the same id again. */
  private void order(String id, boolean patient, String event) {
    Order order = new Order(name, Book.BROKERED + id, command(id).targets());
    send(
        order.command(), patient, () -> nodes.send(route, "broker", event, order, order.command()));
  }

  /** Through an envoy and a broker, each of which fails at times. */
  private void errand(String id, boolean patient) {
    Order order = new Order(name, Book.SENT_BY_ENVOY + id, command(id).targets());
    String request = order.command();
    send(request, patient, () -> nodes.send(route, "envoy", "ERRAND", order, request));
  }

  /** The same id again gets the same answer, from any node. */
  private void repeat(Command command, JsonNode first) {
    String id = command.command();
    Answer second = insist(true, () -> nodes.send(route, "source", "SEND", command, id));
    book.repeated();
    if (second instanceof Answer.Accepted same && !same.data().equals(first)) {
      book.anomaly(id + " was answered " + first + " and then " + same.data());
    } else if (second instanceof Answer.Refused refused) {
      book.anomaly(id + " was accepted and then refused: " + refused.detail());
    }
  }

  /** The same id with another payload is refused. */
  private void reuse(String id) {
    Command other = new Command(name, id + "-other", List.of());
    Answer answer = insist(true, () -> nodes.send(route, "source", "SEND", other, id));
    if (answer instanceof Answer.Accepted
        || answer instanceof Answer.Refused refused && !refused.code().equals("RLY-2201")) {
      book.anomaly("request id " + id + " with another payload was answered " + answer);
    }
  }

  /** A query sees every turn that was acknowledged before it. */
  private void query() {
    long known = acknowledged;
    Answer answer = nodes.send(route, "source", "GET_SENT", Map.of("sender", name), null);
    book.queried();
    if (answer instanceof Answer.Accepted accepted
        && accepted.data().path("commands").asLong() < known) {
      book.anomaly(
          "a query saw %s though %d commands of %s were acknowledged"
              .formatted(accepted.data(), known, name));
    } else if (answer instanceof Answer.Refused refused) {
      book.anomaly("a query was refused: " + refused.detail());
    }
  }

  private Answer send(String id, boolean patient, Supplier<Answer> request) {
    Answer answer = insist(patient, request);
    if (answer instanceof Answer.Accepted) {
      book.accepted(id);
    } else if (answer instanceof Answer.Open) {
      book.unknown(id);
    } else if (answer instanceof Answer.Refused refused) {
      book.anomaly(id + " was refused: " + refused.detail());
    }
    return answer;
  }

  private Answer insist(boolean patient, Supplier<Answer> request) {
    while (true) {
      book.tried();
      Answer answer = hedged ? hedge(request) : request.get();
      if (!(answer instanceof Answer.Open) || !patient) {
        return answer;
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  /** Twice at once, through two nodes perhaps: whichever is told of success first counts. */
  private static Answer hedge(Supplier<Answer> request) {
    CompletableFuture<Answer> other = CompletableFuture.supplyAsync(request, OWN_THREAD);
    Answer mine = request.get();
    Answer others = other.join();
    return mine instanceof Answer.Accepted || others instanceof Answer.Open ? mine : others;
  }

  private Command command(String id) {
    List<Target> targets = new ArrayList<>();
    int howMany = 1 + choice.nextInt(4);
    for (int i = 0; i < howMany; i++) {
      String kind = KINDS.get(choice.nextInt(KINDS.size()));
      boolean mark =
          switch (kind) {
            case "poison" -> choice.nextInt(10) == 0;
            case "alarm" -> choice.nextInt(4) == 0;
            default -> false;
          };
      targets.add(new Target(kind, receiver(), mark));
    }
    return new Command(name, id, targets);
  }

  private Map<String, String> word(String id) {
    return Map.of("to", receiver(), "client", name, "id", id);
  }

  private String receiver() {
    return "t" + choice.nextInt(RECEIVERS);
  }
}
