package dev.relay.chaos.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults when: by the seed alone, so that a run can be had again. */
public final class Plan {
  /** A node that joins has a number of its own. */
  private static final int FIRST_GUEST = 100;

  private Plan() {}

  /**
   * Faults from the start to the end of a run; all kinds come before one comes again.
   *
   * @param kinds what there is to go wrong
   * @param nodes how many there are, numbered from 1
   * @param millis the length of the run
   * @param pause milliseconds between the starts of two faults, on average
   * @param frozen how long a node is frozen at least, in milliseconds
   */
  public static List<Planned> of(
      long seed, List<Kind> kinds, int nodes, long millis, long pause, long frozen) {
    Random random = new Random(seed);
    List<Planned> plan = new ArrayList<>();
    List<Kind> round = new ArrayList<>();
    long at = pause;
    int guest = FIRST_GUEST;
    while (at < millis) {
      if (round.isEmpty()) {
        round.addAll(kinds);
        Collections.shuffle(round, random);
      }
      Kind kind = round.remove(0);
      int node = kind == Kind.NODE_JOINS ? guest++ : 1 + random.nextInt(nodes);
      plan.add(new Planned(kind, at, node, length(kind, frozen, random)));
      at += pause / 2 + random.nextLong(pause);
    }
    return plan;
  }

  private static long length(Kind kind, long frozen, Random random) {
    return switch (kind) {
      case NODE_KILLED, NODE_LEAVES -> random.nextInt(3_000);
      case NODE_FROZEN -> frozen + random.nextInt(3_000);
      case NODE_JOINS -> 4_000 + random.nextInt(4_000);
      case POSTGRES_RESTARTED -> random.nextInt(2_000);
      case POSTGRES_REFUSES, POSTGRES_STALLS -> 500 + random.nextInt(3_000);
      case POSTGRES_SLOW, REDIS_EMPTIED, REDIS_READ_ONLY, REDIS_FROZEN ->
          1_000 + random.nextInt(3_000);
      case POSTGRES_CRASHES,
          BACKENDS_TERMINATED,
          CONNECTIONS_CUT,
          REDIS_FLUSHED,
          REDIS_CUT,
          CROWD ->
          0;
    };
  }
}
