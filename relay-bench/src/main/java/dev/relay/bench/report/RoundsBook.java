package dev.relay.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** All results, those that differ in the round only together. */
final class RoundsBook {
  private final List<Rounds> all;

  /** Sorted by contestant, in the order of these names, then by clients. */
  RoundsBook(List<Result> results, List<String> names) {
    record Key(String contestant, int clients) {}
    Map<Key, List<Result>> grouped = new LinkedHashMap<>();
    for (Result result : results) {
      Key key = new Key(result.contestant(), result.measured().clients());
      grouped.computeIfAbsent(key, unused -> new ArrayList<>()).add(result);
    }
    this.all =
        grouped.entrySet().stream()
            .map(e -> new Rounds(e.getKey().contestant(), e.getKey().clients(), e.getValue()))
            .sorted(
                Comparator.comparingInt((Rounds rounds) -> names.indexOf(rounds.contestant()))
                    .thenComparingInt(Rounds::clients))
            .toList();
  }

  List<Rounds> all() {
    return all;
  }

  Optional<Rounds> find(String contestant, int clients) {
    return of(contestant).filter(rounds -> rounds.clients() == clients).findFirst();
  }

  /** Throughput against the better of (c) on one and on two connections; empty without (c). */
  OptionalDouble timesGroupCommit(Rounds rounds) {
    return Stream.of("c1", "c2")
        .flatMap(this::of)
        .flatMapToDouble(
            c -> rounds.ratio(c, result -> result.measured().turnsPerSecond()).stream())
        .min();
  }

  private Stream<Rounds> of(String contestant) {
    return all.stream().filter(rounds -> rounds.contestant().equals(contestant));
  }
}
