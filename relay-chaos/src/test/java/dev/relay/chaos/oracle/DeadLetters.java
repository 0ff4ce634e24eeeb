package dev.relay.chaos.oracle;

import dev.relay.chaos.actor.PoisonActor;
import dev.relay.chaos.cluster.Database;
import dev.relay.chaos.load.Letters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The marked messages, each of which is exactly one of these in the end: a dead letter; applied
 * once, because the operator mended it; gone, because the operator discarded it.
 */
final class DeadLetters {
  private final Database database;
  private final Letters operator;
  private final Expected expected;
  private final List<String> findings = new ArrayList<>();
  private final Set<String> dead = new TreeSet<>();
  private final Map<String, Integer> applied = new HashMap<>();

  DeadLetters(Database database, Letters operator, Expected expected) {
    this.database = database;
    this.operator = operator;
    this.expected = expected;
  }

  /** What is wrong with them; tells the expectation what was mended. */
  List<String> findings() {
    readDead();
    readMended();
    for (String letter : expected.deadLetters()) {
      check(letter);
    }
    Set<String> strange = new TreeSet<>(dead);
    strange.addAll(applied.keySet());
    strange.removeAll(expected.deadLetters());
    if (!strange.isEmpty()) {
      findings.add("dead or mended, though nothing was wrong with them: " + strange);
    }
    return findings;
  }

  private void check(String letter) {
    boolean isDead = dead.contains(letter);
    int times = applied.getOrDefault(letter, 0);
    boolean mended = operator.mended().contains(letter);
    boolean discarded = operator.discarded().contains(letter);
    if (times > 1 || times == 1 && isDead) {
      findings.add("%s was mended, applied %d times, dead: %s".formatted(letter, times, isDead));
    } else if (times == 1 && !operator.mayBeMended(letter)) {
      findings.add(letter + " was applied though nobody mended it");
    } else if (mended && times == 0) {
      findings.add(letter + " was mended and never applied");
    } else if (discarded && (isDead || times > 0)) {
      findings.add(letter + " was discarded and is still there");
    } else if (!isDead && times == 0 && !operator.mayBeDiscarded(letter)) {
      findings.add(letter + " is lost: not dead, not applied, not discarded");
    }
  }

  private void readDead() {
    for (List<String> row :
        database.rowsAtLast(
            "SELECT actor, message -> 'payload' ->> 'from', message -> 'payload' ->> 'to',"
                + " message -> 'payload' ->> 'n', last_error FROM relay.deliveries"
                + " WHERE status = 'dead'")) {
      String letter = Letters.name(row.get(1), row.get(2), row.get(3));
      if (!row.get(0).equals("poison")) {
        findings.add("a dead letter at " + row.get(0) + ": " + letter + ": " + row.get(4));
      } else if (!dead.add(letter)) {
        findings.add("a dead letter twice: " + letter);
      }
    }
  }

  private void readMended() {
    for (List<String> row :
        database.rowsAtLast(
            "SELECT message -> 'payload' ->> 'from', message -> 'payload' ->> 'to',"
                + " message -> 'payload' ->> 'n' FROM relay.journal WHERE actor = 'poison'"
                + " AND outcome = 'done' AND message -> 'payload' ->> 'from' LIKE 'mended/%'")) {
      String from = row.get(0);
      expected.mended(from, row.get(1), Long.parseLong(row.get(2)));
      String sender = from.substring(PoisonActor.MENDED.length());
      applied.merge(Letters.name(sender, row.get(1), row.get(2)), 1, Integer::sum);
    }
  }
}
