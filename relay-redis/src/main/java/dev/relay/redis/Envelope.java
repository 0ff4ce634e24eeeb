package dev.relay.redis;

import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entry of an inbox: all that one node had for another at a moment.
 *
 * @param from the sending node
 * @param number counts the envelopes from this sender to this receiver, from 1: a gap is a loss
 * @param partitions those that have deliveries
 * @param letters in the order they were sent
 */
record Envelope(String from, long number, Set<PartitionId> partitions, List<Letter> letters) {
  private static final String FROM = "from";
  private static final String NUMBER = "n";
  private static final String WAKE = "wake";

  /** The fields of the stream's entry; letters have the numbers from 0 as names. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(FROM, from);
    fields.put(NUMBER, Long.toString(number));
    if (!partitions.isEmpty()) {
      fields.put(WAKE, text(partitions));
    }
    int index = 0;
    for (Letter letter : letters) {
      fields.put(Integer.toString(index++), text(letter));
    }
    return fields;
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException where it isn't one of ours
   */
  static Envelope of(Map<String, String> fields) {
    List<Letter> letters = new ArrayList<>();
    for (int index = 0; fields.containsKey(Integer.toString(index)); index++) {
      letters.add(letter(field(fields, Integer.toString(index))));
    }
    return new Envelope(
        field(fields, FROM),
        Long.parseLong(field(fields, NUMBER)),
        partitions(fields.getOrDefault(WAKE, "")),
        letters);
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("an entry without \"" + name + "\"");
    }
    return value;
  }

  private static String text(Collection<PartitionId> partitions) {
    StringBuilder text = new StringBuilder();
    for (PartitionId partition : partitions) {
      text.append(text.length() == 0 ? "" : " ").append(partition.actor());
      text.append('/').append(partition.number());
    }
    return text.toString();
  }

  private static Set<PartitionId> partitions(String text) {
    Set<PartitionId> partitions = new LinkedHashSet<>();
    for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      int slash = word.lastIndexOf('/');
      if (slash < 1) {
        throw new IllegalArgumentException("no partition: " + word);
      }
      int number = Integer.parseInt(word.substring(slash + 1));
      partitions.add(new PartitionId(word.substring(0, slash), number));
    }
    return partitions;
  }

  // "id length-of-from from body": the sender's name may hold anything
  private static String text(Letter letter) {
    return letter.id() + " " + letter.from().length() + " " + letter.from() + letter.body();
  }

  private static Letter letter(String text) {
    int afterId = text.indexOf(' ');
    int afterLength = text.indexOf(' ', afterId + 1);
    if (afterId < 1 || afterLength < 0) {
      throw new IllegalArgumentException("no letter");
    }
    int body = afterLength + 1 + Integer.parseInt(text.substring(afterId + 1, afterLength));
    if (body > text.length()) {
      throw new IllegalArgumentException("a letter that is cut");
    }
    return new Letter(
        text.substring(0, afterId), text.substring(afterLength + 1, body), text.substring(body));
  }
}
