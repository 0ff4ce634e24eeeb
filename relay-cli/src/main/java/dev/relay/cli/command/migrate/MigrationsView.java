package dev.relay.cli.command.migrate;

import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import dev.relay.postgres.Migration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Migrations, in their order. */
record MigrationsView(List<Migration> migrations) implements View {
  static long count(List<Migration> migrations, Migration.State state) {
    return migrations.stream().filter(migration -> migration.state() == state).count();
  }

  @Override
  public Object tree() {
    List<Object> tree = new ArrayList<>();
    for (Migration migration : migrations) {
      Map<String, @Nullable Object> item = new LinkedHashMap<>();
      item.put("version", migration.version());
      item.put("description", migration.description());
      item.put("state", word(migration));
      item.put("installed_at", migration.installedOn().map(Object::toString).orElse(null));
      tree.add(item);
    }
    return tree;
  }

  @Override
  public List<String> names() {
    return migrations.stream().map(migration -> String.valueOf(migration.version())).toList();
  }

  @Override
  public String text(Style style) {
    if (migrations.isEmpty()) {
      return "";
    }
    Table table = new Table("VERSION", "STATE", "APPLIED", "DESCRIPTION");
    for (Migration migration : migrations) {
      table.row(
          String.valueOf(migration.version()),
          word(migration),
          migration.installedOn().map(Object::toString).orElse("-"),
          migration.description());
    }
    return table.render(style);
  }

  private static String word(Migration migration) {
    return migration.state().name().toLowerCase(Locale.ROOT);
  }
}
