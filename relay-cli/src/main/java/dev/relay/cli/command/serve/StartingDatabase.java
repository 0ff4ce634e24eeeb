package dev.relay.cli.command.serve;

import dev.relay.cli.config.Session;
import dev.relay.cli.database.Database;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A database on its way up, on a thread of its own. */
final class StartingDatabase {
  private final CompletableFuture<Database> result = new CompletableFuture<>();

  private StartingDatabase() {}

  static StartingDatabase begin(Session session) {
    StartingDatabase starting = new StartingDatabase();
    Thread thread = new Thread(() -> starting.run(session), "relay-database-start");
    thread.setDaemon(true);
    thread.start();
    return starting;
  }

  private void run(Session session) {
    try {
      result.complete(Database.serve(session));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /** The database, when it takes connections; throws what kept it from starting. */
  Database await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Waits for it and stops it again. Whatever happens to it then doesn't matter any more. */
  void abandon() {
    result
        .handle(
            (database, failure) -> {
              if (database != null) {
                database.close();
              }
              return true;
            })
        .join();
  }
}
