package dev.relay.cli.command.flow;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check found: the figures, and each run that isn't as it should be. */
record CheckView(JsonObject report) implements View {
  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(report.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return report.objects("told").stream().map(run -> run.text("id")).toList();
  }

  @Override
  public String text(Style style) {
    Table table = new Table("RUN", "VERDICT", "FOUND", "EXPECTED", "OWED BY");
    for (JsonObject run : report.objects("told")) {
      if (!run.text("verdict").equals("conformant")) {
        table.row(
            PlainText.of(run.text("id")),
            run.text("verdict").replace('_', ' '),
            run.text("found").isEmpty() ? "nothing" : run.text("found"),
            String.join(" or ", run.texts("expected")),
            run.text("owed_by"));
      }
    }
    String figures =
        style.bold(report.text("flow"))
            + "  "
            + report.text("conformant")
            + " conformant, "
            + report.text("under_way")
            + " under way, "
            + report.text("deviating")
            + " deviating, "
            + report.text("overdue")
            + " overdue"
            + (report.is("cut_off") ? "; cut off, look back less far" : "")
            + "\n";
    return table.isEmpty() ? figures : figures + "\n" + table.render(style);
  }
}
