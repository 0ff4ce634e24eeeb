package dev.relay.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One schema of {@link QuickAcceptance}: all of its checks have to say yes. Built, then only read.
 */
final class QuickSchema implements QuickCheck {
  private final List<QuickCheck> checks = new ArrayList<>(4);
  private @Nullable Map<String, QuickSchema> properties;
  private @Nullable QuickSchema additional = ANYTHING;
  private @Nullable QuickSchema items;

  private static final QuickSchema ANYTHING = new QuickSchema(true);

  QuickSchema() {
    this(false);
  }

  private QuickSchema(boolean anything) {
    if (anything) {
      additional = null;
    }
  }

  void add(QuickCheck check) {
    checks.add(check);
  }

  void properties(Map<String, QuickSchema> value) {
    properties = value;
  }

  /**
   * @param value what other properties have to be; absent where there must be none
   */
  void additional(@Nullable QuickSchema value) {
    additional = value;
  }

  void items(QuickSchema value) {
    items = value;
  }

  @Override
  public boolean accepts(JsonNode value, int depth) {
    if (depth == 0) {
      return false;
    }
    for (int i = 0; i < checks.size(); i++) {
      if (!checks.get(i).accepts(value, depth - 1)) {
        return false;
      }
    }
    if (this == ANYTHING) {
      return true;
    }
    if (value.isObject()) {
      return acceptsFields(value, depth);
    }
    return !value.isArray() || acceptsElements(value, depth);
  }

  private boolean acceptsFields(JsonNode object, int depth) {
    Map<String, QuickSchema> known = properties;
    QuickSchema others = additional;
    if (known == null && others == ANYTHING) {
      return true;
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      QuickSchema schema = known == null ? null : known.get(field.getKey());
      if (schema == null) {
        schema = others;
      }
      if (schema == null || !schema.accepts(field.getValue(), depth - 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean acceptsElements(JsonNode array, int depth) {
    QuickSchema each = items;
    if (each == null) {
      return true;
    }
    for (int i = 0; i < array.size(); i++) {
      if (!each.accepts(array.get(i), depth - 1)) {
        return false;
      }
    }
    return true;
  }
}
