package dev.relay.definition;

import dev.relay.definition.YamlNode.Entry;
import dev.relay.definition.YamlNode.Scalar;
import dev.relay.definition.YamlNode.Sequence;
import dev.relay.find.Column;
import dev.relay.find.FindException;
import dev.relay.find.FindText;
import dev.relay.find.Index;
import dev.relay.find.Indexes;
import dev.relay.find.Value;
import dev.relay.find.ValueType;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code indexes:}: what instances can be found by. */
final class IndexesReader {
  /** Indexes of one actor; each makes a turn that changes its values dearer. */
  static final int MOST_INDEXES = 8;

  /** Values of one index; more would not fit into an entry of Postgres' trees. */
  static final int MOST_KEYS = 4;

  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9_]{0,39}");

  private final Problems problems;
  private final JsonNode state;

  /**
   * @param state JSON Schema of the state
   */
  IndexesReader(Problems problems, JsonNode state) {
    this.problems = problems;
    this.state = state;
  }

  Indexes read(Map<String, Entry> section, String actor, int stateVersion) {
    List<Index> indexes = new ArrayList<>();
    section.forEach(
        (name, entry) -> {
          if (!NAME.matcher(name).matches()) {
            String message = "an index's name is a word such as by_user, not \"" + name + "\"";
            problems.add(entry.keyPlace(), message);
          } else if (indexes.size() == MOST_INDEXES) {
            problems.add(entry.keyPlace(), "an actor has at most " + MOST_INDEXES + " indexes");
          }
          Index index = new Index(name, keys(name, entry));
          if (!index.keys().isEmpty()) {
            indexes.add(index);
          }
        });
    return new Indexes(actor, stateVersion, indexes);
  }

  private List<Index.Key> keys(String name, Entry entry) {
    YamlNode node = entry.value();
    List<YamlNode> items = node instanceof Sequence list ? list.items() : List.of(node);
    List<Index.Key> keys = new ArrayList<>();
    for (YamlNode item : items) {
      Index.Key key = item instanceof Scalar text && text.isText() ? key(text) : null;
      if (key != null) {
        keys.add(key);
      } else if (!(item instanceof Scalar text && text.isText())) {
        String message = "indexes " + name + " lists fields of the state, not " + item.kind();
        problems.add(item.place(), message);
      }
    }
    if (items.isEmpty() || items.size() > MOST_KEYS) {
      String message = "indexes " + name + " lists 1 to " + MOST_KEYS + " fields, not ";
      problems.add(node.place(), message + items.size());
    }
    return keys;
  }

  private Index.@Nullable Key key(Scalar scalar) {
    try {
      FindText.Directed directed = FindText.directed(scalar.text());
      if (directed.text().contains(",")) {
        String list = "[" + scalar.text() + "]";
        problems.add(scalar.place(), "several fields of an index are a list: " + list);
        return null;
      }
      Value value = FindText.value(directed.text());
      Column column = column(value, scalar);
      return column == null ? null : new Index.Key(column, directed.descending());
    } catch (FindException wrong) {
      String message = String.valueOf(wrong.getMessage());
      problems.add(scalar.at(wrong.offset()), message, wrong.suggestion());
      return null;
    }
  }

  private @Nullable Column column(Value value, Scalar scalar) {
    if (value instanceof Value.Field field) {
      return field(field, scalar);
    }
    ValueType type = computed(value, scalar);
    return type == null ? null : new Column(value, type, List.of());
  }

  private @Nullable Column field(Value.Field field, Scalar scalar) {
    SchemaPath.Found found = SchemaPath.findInAnyKind(state, field.path());
    if (found.unknown() != null) {
      String has = found.siblings().isEmpty() ? "none" : String.join(", ", found.siblings());
      String message = "the state has no field \"" + field.text() + "\"; it has: " + has;
      String hint = Nearest.nearest(found.unknown(), found.siblings()).orElse(null);
      problems.add(scalar.place(), message, hint);
      return null;
    }
    ValueType type = type(found.schemas());
    if (type == null) {
      String message = field.text() + " is nothing to order by: an index has texts, numbers,";
      problems.add(scalar.place(), message + " times, and true or false");
      return null;
    }
    return new Column(field, type, type == ValueType.TEXT ? allowed(found.schemas()) : List.of());
  }

  /** The type of a sum or a comparison, both of numbers. */
  private @Nullable ValueType computed(Value value, Scalar scalar) {
    if (value instanceof Value.Constant) {
      return ValueType.NUMBER;
    }
    if (value instanceof Value.Field field) {
      Column column = field(field, scalar);
      return column == null ? null : column.type();
    }
    if (value instanceof Value.Default byDefault) {
      return number(byDefault.value(), scalar);
    }
    Value.Computed computed = (Value.Computed) value;
    if (!computed.compares()) {
      ValueType left = number(computed.left(), scalar);
      return left == null ? null : number(computed.right(), scalar);
    }
    ValueType left = number(computed.left(), scalar);
    ValueType right = number(computed.right(), scalar);
    return left == null || right == null ? null : ValueType.BOOLEAN;
  }

  private @Nullable ValueType number(Value value, Scalar scalar) {
    ValueType type = computed(value, scalar);
    if (type != null && type != ValueType.NUMBER) {
      problems.add(scalar.place(), value.text() + " is " + type.words() + ", not a number");
      return null;
    }
    return type;
  }

  private static @Nullable ValueType type(List<JsonNode> schemas) {
    TreeSet<String> types = new TreeSet<>();
    boolean time = false;
    for (JsonNode schema : schemas) {
      String type = schema.path("type").asString("");
      if (!type.isEmpty()) {
        types.add(type);
      }
      time |= schema.path("format").asString("").equals("date-time");
    }
    return switch (types.size() == 1 ? types.first() : "") {
      case "string" -> time ? ValueType.TIME : ValueType.TEXT;
      case "integer", "number" -> ValueType.NUMBER;
      case "boolean" -> ValueType.BOOLEAN;
      default -> null;
    };
  }

  private static List<String> allowed(List<JsonNode> schemas) {
    List<String> allowed = new ArrayList<>();
    for (JsonNode schema : schemas) {
      schema.path("enum").forEach(each -> allowed.add(each.asString()));
    }
    return allowed;
  }
}
