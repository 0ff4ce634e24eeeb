package dev.relay.postgres;

import dev.relay.transport.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text of a notification: {@code w} and partitions, {@code l} for letters that wait, {@code e}
 * for the echo by which a node knows that it hears.
 */
final class Notice {
  static final String LETTERS = "l";
  static final String ECHO = "e";
  static final char WAKE = 'w';

  /** The channel on which published events are announced. */
  static final String PUBLISHED = "relay_published";

  /** NOTIFY carries less than 8,000 bytes; names of actors are ASCII. */
  private static final int MOST = 7_500;

  private Notice() {}

  /** A node's own channel, shorter than the 63 bytes of an identifier. */
  static String channel(String node) {
    return "relay_to_" + (node.length() > 50 ? node.substring(node.length() - 50) : node);
  }

  /** One text or more, for example {@code wcart:1,2;order:7}. */
  static List<String> wakes(Collection<PartitionId> partitions) {
    Map<String, TreeSet<Integer>> numbers = new TreeMap<>();
    for (PartitionId each : partitions) {
      numbers.computeIfAbsent(each.actor(), actor -> new TreeSet<>()).add(each.number());
    }
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder().append(WAKE);
    for (var entry : numbers.entrySet()) {
      String part =
          entry.getKey() + ":" + entry.getValue().toString().replaceAll("[\\[\\] ]", "") + ";";
      if (text.length() + part.length() > MOST) {
        texts.add(text.toString());
        text = new StringBuilder().append(WAKE);
      }
      text.append(part);
    }
    texts.add(text.toString());
    return texts;
  }

  /** The partitions of a wake-up's text; what isn't readable is left out. */
  static List<PartitionId> partitions(String wake) {
    List<PartitionId> partitions = new ArrayList<>();
    for (String part : wake.substring(1).split(";", -1)) {
      int colon = part.indexOf(':');
      if (colon > 0) {
        for (String number : part.substring(colon + 1).split(",", -1)) {
          partitions.add(new PartitionId(part.substring(0, colon), Integer.parseInt(number)));
        }
      }
    }
    return partitions;
  }
}
