package dev.relay.cli.command.catalog;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogChanges;
import dev.relay.catalog.CatalogDraft;
import dev.relay.catalog.CatalogStore;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.database.Database;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.definition.ActorDefinitionReader;
import dev.relay.definition.DefinitionSet;
import dev.relay.definition.FlowDefinitionReader;
import dev.relay.definition.FlowSet;
import dev.relay.postgres.Migrations;
import dev.relay.postgres.PostgresCatalogStore;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/**
 * {@code relay catalog apply}: the definitions are read, checked and written in one transaction.
 */
public final class CatalogApplyCommand extends Verb {
  private final Word<List<String>> folders =
      arguments.rest("FOLDER", "folders of actors, or actor.yaml files (default: relay.yaml's)");
  private final Word<Boolean> dryRun = arguments.flag("--dry-run", "only show what would change");
  private final Word<Boolean> all = arguments.flag("--all", "show what stays the same too");
  private final OutputOptions output = new OutputOptions(arguments);

  public CatalogApplyCommand(Session session) {
    super(
        session,
        "relay catalog apply --dry-run",
        "relay catalog apply actors/",
        "relay catalog apply actors/cart/actor.yaml -o json");
  }

  @Override
  public void run() {
    List<Path> paths = paths();
    DefinitionSet definitions = new ActorDefinitionReader().readPaths(paths);
    FlowSet flows = new FlowDefinitionReader().readPaths(FlowDefinitionReader.beside(paths));
    try (Database database = Database.open(session)) {
      DataSource source = database.dataSource();
      new Migrations(source).verify();
      CatalogStore store = new PostgresCatalogStore(source);
      Catalog catalog = store.load();
      definitions.check(catalog);
      flows.check(definitions, catalog);
      CatalogDraft draft = flows.draft(definitions.draft());
      CatalogChanges changes = dryRun.said() ? store.preview(draft) : store.apply(draft);
      show(changes, database.place());
    }
  }

  private List<Path> paths() {
    session.settings().flag(Setting.ACTORS, folders.or(List.of()));
    List<Path> paths = session.settings().value(Setting.ACTORS).paths();
    if (paths.isEmpty()) {
      throw CommandFailure.usage("a folder of actors is expected, none is given or configured")
          .fix("relay catalog apply FOLDER, or a line \"actors: FOLDER\" in relay.yaml");
    }
    return paths;
  }

  private void show(CatalogChanges changes, String place) {
    boolean people = output.format() == Format.table;
    ChangesView view = new ChangesView(changes, all.said() || !people);
    output.printer(session).print(view);
    String would = dryRun.said() ? "would be " : "";
    session.terminal().err().println(view.summary(would) + "  (" + place + ")");
  }
}
