package dev.relay.postgres;

import dev.relay.find.Column;
import dev.relay.find.Index;
import dev.relay.find.Indexes;
import dev.relay.find.Value;
import dev.relay.find.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The SQL of one actor's indexes: a table with a column for each indexed value. */
final class IndexSql {
  /**
   * Characters of a text that order instances. Four such texts, of up to four bytes a character,
   * and the longest key fit into an entry of a B-tree, which is 2,704 bytes.
   */
  static final int LETTERS = 40;

  private final Indexes indexes;
  private final long number;
  private final List<Column> columns;

  IndexSql(Indexes indexes, long number) {
    this.indexes = indexes;
    this.number = number;
    this.columns = indexes.columns();
  }

  String table() {
    return "relay.index_" + number;
  }

  /** The statements that make table, indexes, function and triggers. */
  List<String> create() {
    List<String> sql = new ArrayList<>();
    sql.add(
        "CREATE TABLE %s (key text COLLATE \"C\" PRIMARY KEY, %s) WITH (fillfactor = 80)"
            .formatted(table(), each((column, i) -> name(i) + " " + type(column.type()))));
    for (Index index : indexes.all()) {
      sql.add("CREATE INDEX ON " + table() + " (" + keys(index) + ")");
    }
    sql.add(
        "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN %s; RETURN NULL; END $f$"
            .formatted(table(), upsert()));
    String head = "CREATE TRIGGER index_" + number + "_%s AFTER %s ON relay.actor_state";
    String actor = "NEW.actor = " + literal(indexes.actor());
    String run = " FOR EACH ROW WHEN (%s) EXECUTE FUNCTION " + table() + "()";
    sql.add(head.formatted("insert", "INSERT") + run.formatted(actor));
    sql.add(head.formatted("update", "UPDATE") + run.formatted(actor + " AND " + changed()));
    return sql;
  }

  /** The statements that take all of it away. */
  static List<String> drop(long number) {
    return List.of(
        "DROP TRIGGER IF EXISTS index_" + number + "_insert ON relay.actor_state",
        "DROP TRIGGER IF EXISTS index_" + number + "_update ON relay.actor_state",
        "DROP FUNCTION IF EXISTS relay.index_" + number + "()",
        "DROP TABLE IF EXISTS relay.index_" + number);
  }

  /** Fills instances in that the triggers haven't seen, from arrays of keys and states. */
  String fill() {
    return "INSERT INTO %s (key, %s) SELECT s.key, %s FROM (SELECT unnest(?) AS key, unnest(?)::jsonb AS state) AS s ON CONFLICT DO NOTHING"
        .formatted(
            table(), each((column, i) -> name(i)), each((column, i) -> computed(column, "s")));
  }

  private String upsert() {
    return "INSERT INTO %s AS t (key, %s) VALUES (NEW.key, %s) ON CONFLICT (key) DO UPDATE SET %s"
        .formatted(
            table(),
            each((column, i) -> name(i)),
            each((column, i) -> computed(column, "NEW")),
            each((column, i) -> name(i) + " = excluded." + name(i)));
  }

  private String changed() {
    return "(%s, %s) IS DISTINCT FROM (%s, %s)"
        .formatted(version("NEW"), seen("NEW"), version("OLD"), seen("OLD"));
  }

  private static String version(String row) {
    return row + ".state -> '$state_version'";
  }

  private String seen(String row) {
    return each((column, i) -> compared(column, row));
  }

  /** Whether a time changed is known without reading it. */
  private static String compared(Column column, String row) {
    return column.type() == ValueType.TIME && column.value() instanceof Value.Field field
        ? row + ".state" + path(field)
        : computed(column, row);
  }

  /** The place of a value in the table. */
  String column(Column column) {
    return name(columns.indexOf(column));
  }

  /** What orders instances by a value. */
  String ordering(Column column) {
    String name = column(column);
    return column.type() == ValueType.TEXT ? shortened(name) : name;
  }

  static String shortened(String text) {
    return "left(" + text + ", " + LETTERS + ")";
  }

  /** A parameter to compare a value with. */
  static String parameter(ValueType type) {
    return "?::" + type(type);
  }

  private String keys(Index index) {
    boolean last = index.keys().get(index.keys().size() - 1).descending();
    return index.keys().stream()
            .map(key -> "(" + ordering(key.column()) + ")" + (key.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", "))
        + ", key"
        + (last ? " DESC" : "");
  }

  private String each(BiFunction<Column, Integer, String> text) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      parts.add(text.apply(columns.get(i), i));
    }
    return String.join(", ", parts);
  }

  private static String name(int number) {
    return "v" + number;
  }

  private static String type(ValueType type) {
    return switch (type) {
      case TEXT -> "text COLLATE \"C\"";
      case NUMBER -> "numeric";
      case TIME -> "timestamptz";
      case BOOLEAN -> "boolean";
    };
  }

  private static String computed(Column column, String row) {
    return computed(column.value(), column.type(), row);
  }

  private static String computed(Value value, ValueType type, String row) {
    if (value instanceof Value.Field field) {
      return field(row + ".state" + path(field), type);
    }
    if (value instanceof Value.Constant constant) {
      return constant.number().toPlainString();
    }
    if (value instanceof Value.Default byDefault) {
      String inner = computed(byDefault.value(), type, row);
      return "coalesce(" + inner + ", " + byDefault.otherwise().toPlainString() + ")";
    }
    Value.Computed both = (Value.Computed) value;
    ValueType inner = both.compares() ? ValueType.NUMBER : type;
    String operator = both.operator().equals("!=") ? "<>" : both.operator();
    String left = computed(both.left(), inner, row);
    return "(" + left + " " + operator + " " + computed(both.right(), inner, row) + ")";
  }

  /** The value where it is of its type, else NULL: casts of others would stop the turn. */
  private static String field(String json, ValueType type) {
    String text = "(" + json + ") #>> '{}'";
    return switch (type) {
      case TEXT -> "CASE jsonb_typeof(" + json + ") WHEN 'string' THEN " + text + " END";
      case NUMBER ->
          "CASE jsonb_typeof(" + json + ") WHEN 'number' THEN (" + json + ")::numeric END";
      case TIME -> "relay.time_of(" + text + ")";
      case BOOLEAN ->
          "CASE jsonb_typeof(" + json + ") WHEN 'boolean' THEN (" + json + ")::boolean END";
    };
  }

  private static String path(Value.Field field) {
    return field.path().stream().map(each -> " -> " + literal(each)).collect(Collectors.joining());
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
