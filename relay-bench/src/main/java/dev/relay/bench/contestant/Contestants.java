package dev.relay.bench.contestant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All contestants, in the order in which a round runs them. */
public final class Contestants {
  private static final List<Contestant> ALL =
      List.of(
          new SingleUpserts(),
          new HandWritten(),
          new GroupCommit("c1", 1, false),
          new GroupCommit("c2", 2, false),
          new GroupCommit("c1-consumed", 1, true),
          new GroupCommit("c2-consumed", 2, true),
          RelayCart.overHttp(),
          RelayCart.withConsumers(),
          RelayCart.inProcess(),
          RelayStock.spread(),
          RelayStock.hot(),
          new FanOutStreams(),
          new FanOutOutbox(),
          FanOutRelay.together(Carrier.REDIS),
          FanOutRelay.together(Carrier.POSTGRES),
          FanOutRelay.apart(Carrier.REDIS),
          FanOutRelay.apart(Carrier.POSTGRES),
          NodePair.one(),
          NodePair.two(),
          new Checkouts(),
          FanOutRelay.growth());

  private Contestants() {}

  /** The contestant of this name. */
  public static Contestant named(String name) {
    return ALL.stream()
        .filter(contestant -> contestant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /**
   * Those of these names, in the order of a round; all of them for no names. A word that is no name
   * stands for all names that begin with it: {@code c} is the whole of (c).
   *
   * @throws IllegalArgumentException for a word that fits none
   */
  public static List<Contestant> matching(List<String> words) {
    if (words.isEmpty()) {
      return ALL;
    }
    Set<Contestant> chosen = new HashSet<>();
    for (String word : words) {
      chosen.addAll(matching(word));
    }
    return ALL.stream().filter(chosen::contains).toList();
  }

  private static List<Contestant> matching(String word) {
    List<Contestant> beginning =
        ALL.stream().filter(contestant -> contestant.name().startsWith(word)).toList();
    if (beginning.isEmpty()) {
      throw unknown(word);
    }
    return beginning.stream()
        .filter(contestant -> contestant.name().equals(word))
        .findFirst()
        .map(List::of)
        .orElse(beginning);
  }

  private static IllegalArgumentException unknown(String name) {
    String known = ALL.stream().map(Contestant::name).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "unknown contestant \"" + name + "\"; there are: " + known + " (or the first letters)");
  }
}
