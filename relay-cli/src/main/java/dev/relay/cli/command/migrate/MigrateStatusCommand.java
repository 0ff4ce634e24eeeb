package dev.relay.cli.command.migrate;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.database.Database;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.OutputOptions;
import dev.relay.postgres.Migration;
import dev.relay.postgres.Migrations;
import java.util.List;

/** {@code relay migrate status}: what the database has of the schema. Changes nothing. */
public final class MigrateStatusCommand extends Verb {
  private final OutputOptions output = new OutputOptions(arguments);

  public MigrateStatusCommand(Session session) {
    super(session, "relay migrate status", "POSTGRES_HOST=db.example.org relay migrate status");
  }

  @Override
  public void run() {
    if (!Database.exists(session)) {
      throw CommandFailure.of(ExitCode.NOT_FOUND, "this project has no database yet")
          .fix("relay serve makes one, and so does relay migrate apply");
    }
    try (Database database = Database.open(session)) {
      List<Migration> migrations = new Migrations(database.dataSource()).status();
      session.terminal().err().println("database  " + database.place());
      output.printer(session).print(new MigrationsView(migrations));
      summary(migrations);
    }
  }

  private void summary(List<Migration> migrations) {
    long pending = MigrationsView.count(migrations, Migration.State.PENDING);
    long unknown = MigrationsView.count(migrations, Migration.State.UNKNOWN);
    if (unknown > 0) {
      session.terminal().err().println(unknown + " of a newer Relay: upgrade this one");
    } else if (pending > 0) {
      session.terminal().err().println(pending + " pending: relay migrate apply");
    }
  }
}
