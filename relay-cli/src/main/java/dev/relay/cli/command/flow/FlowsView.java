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

/**
 * Flows and runs, one a line.
 *
 * @param one whether only runs of one flow are meant
 */
record FlowsView(JsonObject answer, boolean one) implements View {
  private static final int LONGEST_ERROR = 70;

  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(answer.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return answer.objects("runs").stream().map(run -> run.text("id")).toList();
  }

  @Override
  public String text(Style style) {
    return (one ? "" : flows(style) + "\n") + runs(style);
  }

  private String flows(Style style) {
    Table table = new Table("FLOW", "RUNS", "DESCRIPTION");
    for (JsonObject flow : answer.objects("flows")) {
      StringBuilder counts = new StringBuilder();
      flow.object("runs")
          .fields()
          .forEach(
              (status, count) ->
                  counts.append(counts.isEmpty() ? "" : ", ").append(count + " " + status));
      String runs = flow.is("expected") ? "only expected" : counts.isEmpty() ? "-" : "" + counts;
      table.row(
          PlainText.of(flow.text("name")), runs, PlainText.of(flow.text("description").strip()));
    }
    return table.isEmpty()
        ? "no flows are defined; they are files flows/NAME.yaml beside the folder of actors\n"
        : table.render(style);
  }

  private String runs(Style style) {
    Table table = new Table("RUN", "STATUS", "AT", "SINCE", "TOUCHED", "ERROR");
    for (JsonObject run : answer.objects("runs")) {
      JsonObject error = run.object("error");
      String why = error.text("message");
      table.row(
          PlainText.of(run.text("id")),
          run.text("status"),
          run.text("at").isEmpty() ? "-" : PlainText.of(run.text("at")),
          Ages.since(run.text("started_at")),
          Ages.since(run.text("updated_at")),
          PlainText.cut(why.isEmpty() ? run.object("ending").text("message") : why, LONGEST_ERROR));
    }
    return table.isEmpty() ? "no runs of this kind\n" : table.render(style);
  }
}
