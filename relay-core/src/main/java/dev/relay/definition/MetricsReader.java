package dev.relay.definition;

import dev.relay.catalog.EventKind;
import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.find.Column;
import dev.relay.find.Indexes;
import dev.relay.find.ValueType;
import dev.relay.metric.Metric;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads {@code metrics:}: what the business counts. */
final class MetricsReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");
  private static final int MOST_METRICS = 20;

  private final Problems problems;
  private final Map<String, ProducedEvent> produces;
  private final Map<String, HandlerDefinition> handlers;
  private final Indexes indexes;

  MetricsReader(
      Problems problems,
      Map<String, ProducedEvent> produces,
      Map<String, HandlerDefinition> handlers,
      Indexes indexes) {
    this.problems = problems;
    this.produces = produces;
    this.handlers = handlers;
    this.indexes = indexes;
  }

  List<Metric> read(Map<String, Entry> section, String actor) {
    List<Metric> metrics = new ArrayList<>();
    section.forEach(
        (name, entry) -> {
          if (!NAME.matcher(name).matches()) {
            String message = "a metric's name is lower_snake, up to 60 characters, not \"" + name;
            problems.add(entry.keyPlace(), message + "\"");
          } else if (metrics.size() == MOST_METRICS) {
            problems.add(entry.keyPlace(), "an actor has at most " + MOST_METRICS + " metrics");
          } else if (entry.value() instanceof Scalar text && text.isText()) {
            Metric.read(actor, name, text.text())
                .ifPresentOrElse(
                    metric -> {
                      check(metric, text);
                      metrics.add(metric);
                    },
                    () -> problems.add(text.place(), unread(name)));
          } else {
            problems.add(entry.value().place(), unread(name));
          }
        });
    return metrics;
  }

  private static String unread(String name) {
    return "metrics: " + name + " is written like " + Metric.EXAMPLE + ", or count by status";
  }

  private void check(Metric metric, Scalar text) {
    String event = metric.event();
    if (event == null) {
      metric.labels().forEach(label -> indexed(label, text, false));
      if (metric.sum() != null) {
        indexed(metric.sum(), text, true);
      }
      return;
    }
    ProducedEvent produced = produces.get(event);
    HandlerDefinition handler = handlers.get(event);
    if (produced == null && (handler == null || handler.kind() != EventKind.EVENT)) {
      Set<String> known = new TreeSet<>(produces.keySet());
      handlers.values().stream()
          .filter(each -> each.kind() == EventKind.EVENT)
          .forEach(each -> known.add(each.event()));
      String message = event + " is neither an event of this actor nor one it subscribes to";
      problems.unknown(text.at(text.text().indexOf(event)), message, event, known);
    } else if (produced != null) {
      metric.labels().forEach(label -> field(produced.payloadSchema(), label, text));
      if (metric.sum() != null) {
        field(produced.payloadSchema(), metric.sum(), text);
      }
    }
  }

  private void field(JsonNode payload, String path, Scalar text) {
    SchemaPath.Found found = SchemaPath.find(payload, List.of(path.split("\\.", -1)));
    if (found.unknown() != null) {
      String has = found.siblings().isEmpty() ? "none" : String.join(", ", found.siblings());
      String hint = Nearest.nearest(found.unknown(), found.siblings()).orElse(null);
      String message = "the event has no field \"" + found.unknown() + "\"; it has: " + has;
      problems.add(text.at(text.text().lastIndexOf(path)), message, hint);
    }
  }

  /** What is counted of instances is counted by what is indexed, never by reading all states. */
  private void indexed(String path, Scalar text, boolean number) {
    Column column = indexes.column(path).orElse(null);
    Place place = text.at(Math.max(0, text.text().lastIndexOf(path)));
    if (column == null) {
      List<String> known = indexes.columns().stream().map(Column::text).toList();
      String has = known.isEmpty() ? "nothing" : String.join(", ", known);
      String message = path + " isn't indexed, so instances can't be counted by it; indexed: ";
      problems.unknown(place, message + has, path, known);
    } else if (number && column.type() != ValueType.NUMBER) {
      problems.add(place, path + " is " + column.type().words() + ", which can't be added up");
    }
  }
}
