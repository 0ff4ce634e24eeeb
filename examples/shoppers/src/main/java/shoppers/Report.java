package shoppers;

import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a simulation has come to.
 *
 * @param plan what was asked for
 * @param visits how many were begun
 * @param late how many weren't, because every shopper was in a visit already
 * @param repeats requests that were made again because no node had answered
 * @param refusals checkouts that the shop refused
 * @param orders checkouts that came through
 * @param checkouts how long they took
 * @param checks the books, line by line
 */
record Report(
    Plan plan,
    long visits,
    long late,
    long repeats,
    int orders,
    int refusals,
    Timings checkouts,
    List<Check> checks)
    implements View {
  /** More of them don't tell more; the JSON has all. */
  private static final int MOST_SHOWN = 50;

  List<Difference> differences() {
    return checks.stream().flatMap(check -> check.differences().stream()).toList();
  }

  @Override
  public Object tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("run", plan.run());
    tree.put("seed", plan.seed());
    tree.put("visits", visits);
    tree.put("late", late);
    tree.put("orders", orders);
    tree.put("refused", refusals);
    tree.put("repeats", repeats);
    tree.put("checkout_p50_ms", checkouts.quantile(0.5).toMillis());
    tree.put("checkout_p99_ms", checkouts.quantile(0.99).toMillis());
    tree.put("checks", checks.stream().map(Report::tree).toList());
    tree.put("differences", differences().size());
    return tree;
  }

  private static Map<String, Object> tree(Check check) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", check.name());
    tree.put("expected", check.expected());
    tree.put("found", check.found());
    List<Map<String, String>> differences = new ArrayList<>();
    for (Difference each : check.differences()) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put("what", each.what());
      one.put("expected", each.expected());
      one.put("found", each.found());
      differences.add(one);
    }
    tree.put("differences", differences);
    return tree;
  }

  @Override
  public List<String> names() {
    return differences().stream().map(Difference::what).toList();
  }

  @Override
  public String text(Style style) {
    Table table = new Table("", "CHECK", "EXPECTED", "FOUND");
    for (Check check : checks) {
      String mark = check.holds() ? style.green("ok") : style.red("!!");
      table.row(mark, check.name(), check.expected(), check.found());
    }
    StringBuilder text = new StringBuilder(table.render(style)).append('\n');
    List<Difference> differences = differences();
    differences.stream().limit(MOST_SHOWN).forEach(each -> text.append(each).append('\n'));
    if (differences.size() > MOST_SHOWN) {
      text.append("… and ").append(differences.size() - MOST_SHOWN).append(" more: -o json\n");
    }
    return text.append(summary(differences.size(), style)).toString();
  }

  private String summary(int differences, Style style) {
    String verdict =
        differences == 0
            ? style.green("No differences.")
            : style.red(differences + (differences == 1 ? " difference." : " differences."));
    return String.format(
        Locale.ROOT,
        "%s  Run %s, seed %d.%n"
            + "%d visits%s; %d orders, %d checkouts refused, p50 %s, p99 %s; %d requests repeated%n",
        verdict,
        plan.run(),
        plan.seed(),
        visits,
        late == 0 ? "" : " (" + late + " more had nobody to make them: more --users)",
        orders,
        refusals,
        millis(checkouts.quantile(0.5)),
        millis(checkouts.quantile(0.99)),
        repeats);
  }

  static String millis(Duration time) {
    return time.toMillis() + " ms";
  }
}
