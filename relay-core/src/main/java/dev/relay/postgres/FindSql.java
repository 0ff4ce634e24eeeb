package dev.relay.postgres;

import dev.relay.find.Condition.Bound;
import dev.relay.find.Cursor;
import dev.relay.find.FindPlan;
import dev.relay.find.Index.Key;
import dev.relay.find.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query that walks an index, and its parameters. */
final class FindSql {
  private final FindPlan plan;
  private final IndexSql names;
  private final List<String> parameters = new ArrayList<>();
  private final String text;

  FindSql(FindPlan plan, IndexSql names, @Nullable Cursor after, int limit) {
    this.plan = plan;
    this.names = names;
    List<String> conditions = new ArrayList<>();
    plan.where().forEach(bound -> conditions.add(condition(bound)));
    for (Key key : plan.order()) {
      conditions.add(names.column(key.column()) + " IS NOT NULL");
    }
    if (after != null) {
      conditions.add(behind(after));
    }
    StringBuilder sql = new StringBuilder("SELECT i.key, s.version, s.state, s.updated_at");
    plan.order().forEach(key -> sql.append(", i.").append(names.column(key.column())));
    sql.append(" FROM (SELECT * FROM ").append(names.table());
    if (!conditions.isEmpty()) {
      sql.append(" WHERE ").append(String.join(" AND ", conditions));
    }
    sql.append(" ORDER BY ").append(order("")).append(" LIMIT ").append(limit).append(") AS i");
    sql.append(" JOIN relay.actor_state AS s ON s.actor = ? AND s.key = i.key");
    parameters.add(plan.indexes().actor());
    text = sql.append(" ORDER BY ").append(order("i.")).toString();
  }

  String text() {
    return text;
  }

  /** All of them are texts; the query casts those that aren't. */
  List<String> parameters() {
    return parameters;
  }

  /**
   * A text is looked up by the part of it that is in the index; only where the wanted one is longer
   * is it compared as a whole, too. Saying both always would have the planner count it twice.
   */
  private String condition(Bound bound) {
    String column = names.column(bound.column());
    String operator = bound.operator().equals("!=") ? "<>" : bound.operator();
    ValueType type = bound.column().type();
    String parameter = IndexSql.parameter(type);
    parameters.add(bound.value());
    if (type != ValueType.TEXT || operator.equals("<>")) {
      return column + " " + operator + " " + parameter;
    }
    String indexed = names.ordering(bound.column());
    if (bound.value().codePointCount(0, bound.value().length()) < IndexSql.LETTERS) {
      return indexed + " " + operator + " " + parameter;
    }
    parameters.add(bound.value());
    String loose = operator.endsWith("=") ? operator : operator + "=";
    return indexed
        + " "
        + loose
        + " "
        + IndexSql.shortened(parameter)
        + " AND "
        + column
        + " "
        + operator
        + " "
        + parameter;
  }

  private String behind(Cursor cursor) {
    List<Key> order = plan.order();
    boolean same = order.stream().allMatch(key -> key.descending() == plan.keyDescending());
    if (!same) {
      return behind(cursor, 0);
    }
    StringBuilder left = new StringBuilder("(");
    StringBuilder right = new StringBuilder("(");
    for (int i = 0; i < order.size(); i++) {
      left.append(names.ordering(order.get(i).column())).append(", ");
      right.append(parameter(order.get(i), cursor.values().get(i))).append(", ");
    }
    parameters.add(cursor.key());
    String sign = plan.keyDescending() ? " < " : " > ";
    return left + "key)" + sign + right + "?::text COLLATE \"C\")";
  }

  /**
   * Where directions differ: behind by the first value, or level with it and behind by the rest.
   */
  private String behind(Cursor cursor, int from) {
    if (from == plan.order().size()) {
      parameters.add(cursor.key());
      return "key " + (plan.keyDescending() ? "<" : ">") + " ?::text COLLATE \"C\"";
    }
    Key key = plan.order().get(from);
    String column = names.ordering(key.column());
    String sign = key.descending() ? "<" : ">";
    String value = cursor.values().get(from);
    String bound = column + " " + sign + "= " + parameter(key, value);
    String beyond = column + " " + sign + " " + parameter(key, value);
    String level = column + " = " + parameter(key, value);
    return bound + " AND (" + beyond + " OR (" + level + " AND " + behind(cursor, from + 1) + "))";
  }

  private String parameter(Key key, String value) {
    parameters.add(value);
    ValueType type = key.column().type();
    String parameter = IndexSql.parameter(type);
    return type == ValueType.TEXT ? IndexSql.shortened(parameter) : parameter;
  }

  private String order(String prefix) {
    StringBuilder order = new StringBuilder();
    for (Key key : plan.order()) {
      String column = prefix + names.column(key.column());
      boolean text = key.column().type() == ValueType.TEXT;
      order.append(text ? IndexSql.shortened(column) : column);
      order.append(key.descending() ? " DESC, " : ", ");
    }
    return order + prefix + "key" + (plan.keyDescending() ? " DESC" : "");
  }
}
