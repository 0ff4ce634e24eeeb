package shoppers;

import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shop was filled with.
 *
 * @param products how many there are
 * @param users how many there are
 * @param carts how many of them have something in their cart
 * @param orders how many there are, by status
 * @param news requests that changed something; 0 where the shop had all of it already
 * @param refusals what the shop said no to, in its words
 */
record Seeded(
    int products,
    int users,
    int carts,
    Map<String, Integer> orders,
    int news,
    List<String> refusals)
    implements View {

  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("products", products);
    tree.put("users", users);
    tree.put("carts", carts);
    tree.put("orders", orders);
    tree.put("changed", news > 0);
    tree.put("refusals", refusals);
    return tree;
  }

  @Override
  public List<String> names() {
    return List.copyOf(orders.keySet());
  }

  @Override
  public String text(Style style) {
    Table table = new Table("THERE ARE", "");
    table.row(String.valueOf(products), "products with stock and prices");
    table.row(String.valueOf(users), "users, " + carts + " with something in their cart");
    orders.forEach((status, count) -> table.row(String.valueOf(count), "orders " + status));
    String last = news == 0 ? "\nNothing is new: this shop was seeded before.\n" : "\n";
    StringBuilder text = new StringBuilder(table.render(style)).append(last);
    refusals.forEach(refusal -> text.append("refused: ").append(refusal).append('\n'));
    return text.append("Look around: relay actor list order, relay flow list\n").toString();
  }
}
