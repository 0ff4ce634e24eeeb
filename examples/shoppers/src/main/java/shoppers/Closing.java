package shoppers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** After the last visit: waits until the shop is quiet, then compares the books. */
final class Closing {
  private static final String ANSWERS = "answers that were wrong or never came";

  /** As long as a flow may wait between two attempts at a step, which nobody owes meanwhile. */
  private static final Duration UNCHANGED = Duration.ofSeconds(65);

  private final Simulation.Floor floor;
  private final Collection<Shopper> shoppers;
  private final Totals before;
  private final Quiet quiet;

  Closing(Simulation.Floor floor, Collection<Shopper> shoppers, Totals before) {
    this.floor = floor;
    this.shoppers = shoppers;
    this.before = before;
    this.quiet = new Quiet(floor.shop(), shoppers);
  }

  /**
   * Compares until nothing differs, or the same has differed for a minute in a quiet shop, or the
   * patience is over.
   */
  List<Check> compare(Progress progress) {
    long end = System.nanoTime() + floor.plan().patience().toNanos();
    long unchangedSince = System.nanoTime();
    List<Check> before = List.of();
    while (true) {
      progress.show("waiting until the shop is quiet");
      List<Difference> owed = quiet.await(end);
      progress.show("comparing the books");
      List<Check> checks = once(owed);
      long now = System.nanoTime();
      unchangedSince = checks.equals(before) ? unchangedSince : now;
      boolean settled = checks.stream().allMatch(Check::holds) || isFinal(checks);
      if (settled || now > end || now - unchangedSince > UNCHANGED.toNanos()) {
        return checks;
      }
      before = checks;
      Shop.rest();
    }
  }

  /** Answers that were wrong stay wrong, however long one waits. */
  private static boolean isFinal(List<Check> checks) {
    return checks.stream().allMatch(check -> check.holds() || check.name().equals(ANSWERS));
  }

  private List<Check> once(List<Difference> owed) {
    Found found = Found.in(floor.shop(), floor.products(), shoppers);
    List<Difference> surprises = floor.book().surprises();
    List<Check> checks = new ArrayList<>();
    // first, as other differences may follow from them
    checks.add(new Check(ANSWERS, "none", count(surprises), surprises));
    checks.addAll(OrderCheck.of(floor.book(), found, shoppers));
    checks.addAll(StockCheck.of(floor.book(), found));
    checks.addAll(MoneyCheck.of(floor.book(), found));
    checks.addAll(NumbersCheck.of(found));
    checks.add(carts(found));
    if (floor.plan().alone()) {
      checks.addAll(Totals.of(floor.shop()).since(before, found));
    }
    checks.add(new Check("work left over", "none", count(owed), owed));
    return checks;
  }

  private static String count(List<Difference> differences) {
    return differences.isEmpty() ? "none" : String.valueOf(differences.size());
  }

  private Check carts(Found found) {
    List<Difference> differences = new ArrayList<>();
    for (Shopper shopper : shoppers) {
      JsonNode cart = found.carts().get(shopper.userId());
      boolean empty = cart == null || cart.path("status").asString("ordered").equals("ordered");
      var there = empty || cart == null ? Map.of() : Shopper.pieces(cart);
      if (!there.equals(shopper.cart())) {
        differences.add(
            new Difference("cart of " + shopper.userId(), shopper.cart() + "", there + ""));
      }
    }
    String all = shoppers.size() + " carts";
    return new Check(
        "carts", all, shoppers.size() - differences.size() + " as expected", differences);
  }
}
