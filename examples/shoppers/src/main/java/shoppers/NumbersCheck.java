package shoppers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The papers of the whole shop are numbered 1 to the last of their series, each number once. */
final class NumbersCheck {
  private static final Pattern NUMBER = Pattern.compile("([A-Z]+-[0-9]{4})-([0-9]+)");

  private NumbersCheck() {}

  /** One line for each series. */
  static List<Check> of(Found found) {
    Map<String, Map<Integer, Integer>> numbers = new TreeMap<>();
    Map<String, Integer> last = new HashMap<>();
    for (Map.Entry<String, JsonNode> bill : found.bills().entrySet()) {
      if (bill.getValue().path("kind").asString("").equals("numbers")) {
        last.put(bill.getKey(), bill.getValue().path("last").asInt(0));
        numbers.computeIfAbsent(bill.getKey(), series -> new TreeMap<>());
      }
      for (JsonNode document : bill.getValue().path("documents")) {
        Matcher number = NUMBER.matcher(document.path("number").asString(""));
        if (number.matches()) {
          numbers
              .computeIfAbsent(number.group(1), series -> new TreeMap<>())
              .merge(Integer.valueOf(number.group(2)), 1, Integer::sum);
        }
      }
    }
    List<Check> checks = new ArrayList<>();
    numbers.forEach(
        (series, used) -> checks.add(check(series, last.getOrDefault(series, 0), used)));
    return checks;
  }

  private static Check check(String series, int last, Map<Integer, Integer> used) {
    List<Difference> differences = new ArrayList<>();
    int highest = used.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int number = 1; number <= Math.max(last, highest); number++) {
      int times = used.getOrDefault(number, 0);
      if (times != 1 || number > last) {
        differences.add(
            new Difference(
                series + "-" + number,
                number > last ? "not given out yet" : "one document",
                String.valueOf(times)));
      }
    }
    return new Check(
        "numbers " + series,
        "1 to " + last,
        differences.isEmpty() ? "1 to " + highest : used.size() + " numbers",
        differences);
  }
}
