package dev.relay.cli.command.migrate;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.database.Database;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.postgres.Migration;
import dev.relay.postgres.Migrations;
import java.util.List;

/** {@code relay migrate apply}: brings the database in step. Applying again does nothing. */
public final class MigrateApplyCommand extends Verb {
  private final Word<Boolean> dryRun =
      arguments.flag("--dry-run", "only show what would be applied");
  private final OutputOptions output = new OutputOptions(arguments);

  public MigrateApplyCommand(Session session) {
    super(session, "relay migrate apply --dry-run", "relay migrate apply");
  }

  @Override
  public void run() {
    try (Database database = Database.open(session)) {
      Migrations migrations = new Migrations(database.dataSource());
      List<Migration> steps = dryRun.said() ? pending(migrations) : migrations.apply();
      session.terminal().err().println("database  " + database.place());
      output.printer(session).print(new MigrationsView(steps));
      if (steps.isEmpty()) {
        session.terminal().err().println("up to date, nothing to apply");
      }
    }
  }

  private static List<Migration> pending(Migrations migrations) {
    return migrations.status().stream()
        .filter(step -> step.state() == Migration.State.PENDING)
        .toList();
  }
}
