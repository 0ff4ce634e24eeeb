package dev.relay.definition;

import dev.relay.definition.YamlNode.Mapping;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.find.Condition;
import dev.relay.find.FindException;
import dev.relay.find.FindQuery;
import dev.relay.find.FindText;
import dev.relay.find.Index;
import dev.relay.find.Indexes;
import dev.relay.message.Json;
import dev.relay.schema.Nearest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code find:} of a query: which instances its handler is run for. */
final class FindReader {
  private final Problems problems;
  private final Indexes indexes;

  FindReader(Problems problems, Indexes indexes) {
    this.problems = problems;
    this.indexes = indexes;
  }

  /** The question; absent where it has problems. */
  @Nullable FindQuery read(String event, YamlNode node, JsonNode payload) {
    if (indexes.all().isEmpty()) {
      String message = event + " finds instances, but the actor declares no indexes";
      problems.add(node.place(), message);
      return null;
    }
    if (node instanceof Scalar where && where.isText()) {
      return query(where, null, FindQuery.USUAL, payload, node.place());
    }
    Form form = Form.of(node, event + ": find", problems, List.of("where", "order", "limit"));
    if (!(node instanceof Mapping)) {
      return null;
    }
    return query(
        form.scalar("where").orElse(null),
        form.scalar("order").orElse(null),
        form.whole("limit", FindQuery.USUAL, 1, FindQuery.MOST),
        payload,
        node.place());
  }

  private @Nullable FindQuery query(
      @Nullable Scalar where, @Nullable Scalar order, int limit, JsonNode payload, Place place) {
    List<Condition> conditions = List.of();
    List<Index.Key> keys = List.of();
    Scalar reading = where;
    try {
      if (where != null) {
        conditions = FindText.conditions(where.text(), indexes, false);
        checkPayload(conditions, where, payload);
      }
      reading = order;
      if (order != null) {
        keys = FindText.order(order.text(), indexes);
      }
      reading = null;
      FindQuery query = new FindQuery(indexes, conditions, keys, limit);
      query.check();
      return query;
    } catch (FindException wrong) {
      Place at = reading == null ? place : reading.at(wrong.offset());
      problems.add(at, String.valueOf(wrong.getMessage()), wrong.suggestion());
      return null;
    }
  }

  private void checkPayload(List<Condition> conditions, Scalar where, JsonNode payload) {
    for (Condition condition : conditions) {
      if (!(condition.operand() instanceof Condition.Payload field)) {
        continue;
      }
      SchemaPath.Found found = SchemaPath.find(payload, field.path());
      Place place = where.at(Math.max(0, where.text().indexOf(field.text())));
      if (found.unknown() != null) {
        String has = found.siblings().isEmpty() ? "none" : String.join(", ", found.siblings());
        String hint = Nearest.nearest(found.unknown(), found.siblings()).orElse(null);
        String message = "the payload has no field \"" + found.unknown() + "\"; it has: " + has;
        problems.add(place, message, hint);
      } else if (found.mayLack() && !field.optional()) {
        String text = field.text();
        String message = text + " may be missing; require it, or write " + text + "? so that the";
        problems.add(place, message + " condition applies only where it is given");
      }
    }
  }

  /** The payload's schema with the fields by which pages are asked for. */
  static Optional<ObjectNode> withPaging(JsonNode payload) {
    if (!(payload instanceof ObjectNode object) || !payload.path("properties").isObject()) {
      return Optional.empty();
    }
    ObjectNode paged = object.deepCopy();
    ObjectNode properties = (ObjectNode) paged.get("properties");
    if (!properties.has("limit")) {
      properties
          .putObject("limit")
          .put("type", "integer")
          .put("minimum", 1)
          .put("maximum", FindQuery.MOST)
          .put("description", "instances on a page");
    }
    if (!properties.has("after")) {
      properties
          .putObject("after")
          .put("type", "string")
          .put("description", "next of the page before");
    }
    return Optional.of(paged);
  }

  /** The schema of a page of items. */
  static ObjectNode page(JsonNode item) {
    ObjectNode page = Json.mapper().createObjectNode().put("type", "object");
    ObjectNode properties = page.putObject("properties");
    properties.putObject("items").put("type", "array").set("items", item);
    properties.putObject("next").put("type", "string");
    page.putArray("required").add("items");
    return page.put("additionalProperties", false);
  }
}
