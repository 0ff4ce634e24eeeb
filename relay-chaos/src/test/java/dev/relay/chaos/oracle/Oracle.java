package dev.relay.chaos.oracle;

import dev.relay.chaos.actor.Brokered;
import dev.relay.chaos.actor.Command;
import dev.relay.chaos.actor.Numbered;
import dev.relay.chaos.actor.Order;
import dev.relay.chaos.actor.Seen;
import dev.relay.chaos.actor.Sent;
import dev.relay.chaos.actor.Track;
import dev.relay.chaos.cluster.Database;
import dev.relay.chaos.load.Book;
import dev.relay.message.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what Postgres holds after a run with what the clients know and the model says. */
public final class Oracle {
  private static final int MOST_SHOWN = 40;

  /** The consumers of announcements. */
  private static final List<String> HEARING = List.of("ledger", "audit", "shaky");

  private final Database database;
  private final Book book;
  private final List<String> findings = new ArrayList<>();
  private final Set<String> applied = new HashSet<>();
  private final Map<String, Set<String>> fanOut = new TreeMap<>();

  public Oracle(Database database, Book book) {
    this.database = database;
    this.book = book;
  }

  /** Deliveries that are neither consumed nor dead, as {@code actor status} with their number. */
  public static String unfinished(Database database) {
    return String.valueOf(
        database.rowsAtLast(
            "SELECT actor, status, count(*), min(id::text) FROM relay.deliveries"
                + " WHERE status <> 'dead' GROUP BY 1, 2 ORDER BY 1, 2"));
  }

  /** Everything that isn't as it must be; empty where all is well. */
  public List<String> findings() {
    findings.addAll(book.anomalies());
    Expected expected = new Expected();
    commands(expected);
    orders();
    words(expected);
    compareSources(expected);
    findings.addAll(new DeadLetters(database, book.letters(), expected).findings());
    compareTracks(expected);
    findings.addAll(expected.findings());
    versions();
    String left = unfinished(database);
    if (!left.equals("[]")) {
      findings.add("deliveries are left: " + left);
    }
    return findings.size() <= MOST_SHOWN ? findings : findings.subList(0, MOST_SHOWN);
  }

  /**
   * The sources' turns, in order, are the commands and the timers that fired: each accepted command
   * once, unknown ones at most.
   */
  private void commands(Expected expected) {
    Map<String, Integer> obeyed = new HashMap<>();
    for (List<String> row :
        database.rowsAtLast(
            "SELECT message ->> 'type', message -> 'payload' FROM relay.journal"
                + " WHERE actor = 'source' AND outcome = 'done' ORDER BY key, version, seq")) {
      if (row.get(0).startsWith("SEND")) {
        Command command = Json.mapper().readValue(row.get(1), Command.class);
        obeyed.merge(command.command(), 1, Integer::sum);
        expected.obeyed(command);
      } else {
        Numbered sent = Json.mapper().readValue(row.get(1), Numbered.class);
        expected.fired(row.get(0), sent.from(), sent.to(), sent.n());
      }
    }
    once("source", obeyed);
    applied.addAll(obeyed.keySet());
  }

  /**
   * What a broker has carried out its source has obeyed, and what an envoy has its broker; the
   * other way round if it was accepted.
   */
  private void orders() {
    Set<String> byBrokers = carriedOut("broker", Book.BROKERED, applied);
    carriedOut("envoy", Book.SENT_BY_ENVOY, byBrokers);
  }

  private Set<String> carriedOut(String actor, String prefix, Set<String> below) {
    Map<String, Integer> carriedOut = new HashMap<>();
    Map<String, Brokered> expected = new TreeMap<>();
    for (List<String> row :
        database.rowsAtLast(
            "SELECT message -> 'payload' FROM relay.journal WHERE actor = '"
                + actor
                + "' AND outcome = 'done'")) {
      Order order = Json.mapper().readValue(row.get(0), Order.class);
      carriedOut.merge(order.command(), 1, Integer::sum);
      expected.merge(
          order.client(), Brokered.NOTHING.after(order), (before, one) -> before.after(order));
    }
    once(actor, carriedOut);
    for (String id : carriedOut.keySet()) {
      if (!below.contains(id)) {
        findings.add(actor + " carried out " + id + " without whom it asks");
      }
    }
    for (String id : book.accepted()) {
      if (id.startsWith(prefix) && !carriedOut.containsKey(id)) {
        findings.add("accepted and not carried out by its " + actor + ": " + id);
      }
    }
    Map<String, Brokered> actual = new TreeMap<>();
    for (List<String> row : states(actor)) {
      actual.put(row.get(0), Json.mapper().readValue(row.get(1), Brokered.class));
    }
    if (!actual.equals(expected)) {
      findings.add("%s holds %s, not %s".formatted(actor, actual, expected));
    }
    return carriedOut.keySet();
  }

  private void words(Expected expected) {
    for (String actor : HEARING) {
      Map<String, Integer> heard = new HashMap<>();
      for (List<String> row :
          database.rowsAtLast(
              "SELECT key, message ->> 'type', message -> 'payload' ->> 'client',"
                  + " message -> 'payload' ->> 'id' FROM relay.journal WHERE actor = '"
                  + actor
                  + "' AND outcome = 'done' AND message ->> 'type' IN ('NOTE', 'ANNOUNCED')")) {
        String kind = row.get(1).equals("NOTE") ? "note/" : "announced/";
        heard.merge(row.get(3), 1, Integer::sum);
        expected.said(actor, row.get(0), kind + row.get(2), row.get(3));
        if (row.get(1).equals("ANNOUNCED")) {
          fanOut.computeIfAbsent(row.get(3), id -> new TreeSet<>()).add(actor);
        }
      }
      once(actor, heard);
      applied.addAll(heard.keySet());
    }
    fanOut.forEach(
        (id, actors) -> {
          if (actors.size() != HEARING.size()) {
            findings.add("the announcement " + id + " reached only " + actors);
          }
        });
    Set<String> lost = new TreeSet<>(book.accepted());
    lost.removeAll(applied);
    if (!lost.isEmpty()) {
      findings.add(lost.size() + " accepted messages were never applied: " + lost);
    }
    Set<String> invented = new TreeSet<>(applied);
    invented.removeAll(book.accepted());
    invented.removeAll(book.unknown());
    if (!invented.isEmpty()) {
      findings.add(invented.size() + " applied messages were never sent: " + invented);
    }
  }

  private void once(String actor, Map<String, Integer> times) {
    times.forEach(
        (id, count) -> {
          if (count != 1) {
            findings.add(actor + " applied " + id + " " + count + " times");
          }
        });
  }

  private void compareSources(Expected expected) {
    Map<String, Sent> actual = new TreeMap<>();
    for (List<String> row : states("source")) {
      actual.put(row.get(0), Json.mapper().readValue(row.get(1), Sent.class));
    }
    if (!actual.equals(expected.sources())) {
      findings.add("sources hold %s, not %s".formatted(actual, expected.sources()));
    }
  }

  private void compareTracks(Expected expected) {
    Map<String, Track> actual = new TreeMap<>();
    for (String actor : List.of("ledger", "audit", "shaky", "poison", "first_hop", "second_hop")) {
      for (List<String> row : states(actor)) {
        Json.mapper()
            .readValue(row.get(1), Seen.class)
            .from()
            .forEach((line, track) -> actual.put(Expected.line(actor, row.get(0), line), track));
      }
    }
    Set<String> lines = new TreeSet<>(actual.keySet());
    lines.addAll(expected.tracks().keySet());
    for (String line : lines) {
      Track is = actual.getOrDefault(line, Track.NOTHING);
      Track must = expected.tracks().getOrDefault(line, Track.NOTHING);
      if (!is.equals(must)) {
        findings.add("%s: has %s, must have %s".formatted(line, is, must));
      }
    }
  }

  private List<List<String>> states(String actor) {
    return database.rowsAtLast(
        "SELECT key, state FROM relay.actor_state WHERE actor = '" + actor + "' ORDER BY key");
  }

  /** Versions count turns, without gaps, and the state has the last one. */
  private void versions() {
    for (List<String> row :
        database.rowsAtLast(
            "SELECT actor, key, s.version, j.turns, j.distinct_versions, j.low, j.high"
                + " FROM relay.actor_state s FULL JOIN (SELECT actor, key, count(*) AS turns,"
                + " count(DISTINCT version) AS distinct_versions, min(version) AS low,"
                + " max(version) AS high FROM relay.journal WHERE outcome = 'done'"
                + " GROUP BY actor, key) j USING (actor, key)"
                + " WHERE s.version IS DISTINCT FROM j.turns OR j.turns <> j.distinct_versions"
                + " OR j.low <> 1 OR j.high <> j.turns")) {
      findings.add(
          "versions of %s/%s: state %s, journal rows %s, distinct %s, from %s to %s"
              .formatted(row.toArray()));
    }
  }
}
