package dev.relay.cli.command.catalog;

import dev.relay.catalog.CatalogChange;
import dev.relay.catalog.CatalogChange.Action;
import dev.relay.catalog.CatalogChanges;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What applying definitions changed, or would change. */
record ChangesView(CatalogChanges changes, boolean unchangedToo) implements View {
  @Override
  public Object tree() {
    List<Object> tree = new ArrayList<>();
    for (CatalogChange change : shown()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("subject", change.subject().text());
      item.put("action", change.action().text());
      item.put("name", change.name());
      item.put("text", change.text());
      tree.add(item);
    }
    return tree;
  }

  @Override
  public List<String> names() {
    return shown().stream().map(CatalogChange::name).toList();
  }

  @Override
  public String text(Style style) {
    Table table = new Table();
    for (CatalogChange change : shown()) {
      table.row(mark(change.action()), change.subject().text(), change.text());
    }
    return table.render(style);
  }

  /** All of it in one line. */
  String summary(String would) {
    if (changes.isEmpty()) {
      return "the catalog is in step, nothing " + (would.isEmpty() ? "changed" : "would change");
    }
    StringBuilder line = new StringBuilder();
    for (Action action : Action.values()) {
      long count = changes.lines().stream().filter(change -> change.action() == action).count();
      if (count > 0) {
        line.append(line.isEmpty() ? "" : ", ").append(count).append(' ');
        line.append(action == Action.UNCHANGED ? "" : would).append(action.text());
      }
    }
    return line.toString();
  }

  private List<CatalogChange> shown() {
    return changes.lines().stream()
        .filter(change -> unchangedToo || change.action() != Action.UNCHANGED)
        .toList();
  }

  private static String mark(Action action) {
    return switch (action) {
      case ADDED -> "+";
      case CHANGED -> "~";
      case REMOVED -> "-";
      case UNCHANGED -> " ";
      case WAITING -> "?";
    };
  }
}
