package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data of one server ({@code PGDATA}): made where it is missing, checked, and configured. */
final class DataFolder {

  private final Path data;
  private final Binaries binaries;
  private final Account account;
  private final ServerLog log;

  /**
   * @param folder the server's folder; the data is in a folder of its own in it
   */
  DataFolder(Path folder, Binaries binaries, Account account, ServerLog log) {
    this.data = in(folder);
    this.binaries = binaries;
    this.account = account;
    this.log = log;
  }

  /** Where the data is below a server's folder. */
  static Path in(Path folder) {
    return folder.resolve("data");
  }

  /** Makes sure of data that a server can be started on, and tells how to use it. */
  Identity prepare(Options options) throws IOException {
    NewData maker = new NewData(binaries, account, log, !options.temporary());
    NewData.removeLeftovers(data);
    if (!Files.exists(data)) {
      maker.make(data, options.user(), options.database());
    }
    account.adopt(data);
    checkVersion();
    Identity identity = Identity.read(data);
    checkUser(identity.user(), options.user());
    if (!identity.databases().contains(options.database())) {
      maker.makeDatabase(data, options.database());
      identity.with(options.database()).write(data, account);
    }
    // written at each start, so nothing is lost if a power cut empties it
    Path settings = data.resolve("postgresql.conf");
    OwnerOnly.write(settings, Settings.file(options.settings()).getBytes(StandardCharsets.UTF_8));
    account.own(settings);
    return identity;
  }

  private void checkVersion() throws IOException {
    Path file = data.resolve("PG_VERSION");
    if (!Files.exists(file)) {
      throw new EmbeddedPostgresException(
          Kind.DATA_UNUSABLE,
          "%s is no PostgreSQL data (it has no PG_VERSION): move it away, and new data is made at the next start."
              .formatted(data));
    }
    String found = Files.readString(file).trim();
    String carried = binaries.majorVersion();
    if (!found.equals(carried)) {
      throw new EmbeddedPostgresException(
          Kind.VERSION_MISMATCH,
          "The data in %s was written by PostgreSQL %s, this is PostgreSQL %s: start it with the version that wrote it, or move the folder away to begin anew."
              .formatted(data, found, carried));
    }
  }

  private static void checkUser(String owner, String wanted) {
    if (!owner.equals(wanted)) {
      throw new EmbeddedPostgresException(
          Kind.DATA_UNUSABLE,
          "The data belongs to database user %s, not %s: ask for user %s, or choose another folder."
              .formatted(owner, wanted, owner));
    }
  }
}
