package dev.relay.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes data where there is none: beside its place, and renamed when it is whole. A first start
 * that is killed half-way leaves nothing that a later one would take for data.
 *
 * @param durable whether it must survive a power cut from the moment on that it is there
 */
record NewData(Binaries binaries, Account account, ServerLog log, boolean durable) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Makes the data, with one user and one database. */
  void make(Path data, String user, String database) throws IOException {
    Path folder = data.resolveSibling(data.getFileName() + ".new-" + UUID.randomUUID());
    FreeSpace.require(data.resolveSibling(".").normalize(), FreeSpace.DATA_MEBIBYTES);
    try {
      Files.createDirectory(folder);
      account.own(folder);
      Identity identity = Identity.fresh(user).with(database);
      initialise(folder, identity);
      write(folder.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
      write(folder.resolve("postgresql.conf"), Settings.file(Map.of()));
      makeDatabase(folder, database, "-F"); // no fsync: all of it follows below
      identity.write(folder, account);
      if (durable) {
        run(initdb("--sync-only", "--pgdata=" + folder), data);
      }
      Files.move(folder, data, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(data.resolveSibling("."));
    } finally {
      Folders.deleteQuietly(folder);
    }
  }

  /** Deletes what was being made when a first start was killed. */
  static void removeLeftovers(Path data) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(data.resolveSibling("."), data.getFileName() + ".new-*")) {
      leftovers.forEach(Folders::deleteQuietly);
    }
  }

  /**
   * Makes a database while no server runs, and without a driver: a single-user PostgreSQL reads SQL
   * from its standard input. Done when it exists already.
   */
  void makeDatabase(Path data, String name, String... options) throws IOException {
    if (name.equals("postgres")) {
      return; // made by initdb
    }
    List<String> single = new ArrayList<>();
    single.addAll(List.of(binaries.program("postgres").toString(), "--single"));
    single.addAll(List.of("-D", data.toString()));
    single.addAll(List.of(options));
    single.add("postgres");
    String sql = "CREATE DATABASE \"" + name + "\"\n";
    log.beginStart();
    int status = Command.run(account.command(single), sql, log.file(), PATIENCE);
    String words = log.sinceStart();
    // a statement that fails doesn't show in the status
    boolean made = status == 0 && !words.contains("ERROR:");
    if (!made && !words.contains("already exists")) {
      throw StartFailure.explain("Database " + name + " could not be made", log, data);
    }
  }

  private void initialise(Path folder, Identity identity) throws IOException {
    Path secret = folder.resolveSibling(folder.getFileName() + ".password");
    try {
      write(secret, identity.password());
      run(
          initdb(
              "--pgdata=" + folder,
              "--username=" + identity.user(),
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              // sorts by code point and knows all of Unicode, whatever locales the machine has
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              "--no-sync"),
          folder);
    } finally {
      Files.deleteIfExists(secret);
    }
  }

  private List<String> initdb(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("initdb").toString());
    command.addAll(List.of(arguments));
    return account.command(command);
  }

  private void run(List<String> command, Path data) throws IOException {
    log.beginStart();
    WatchedProcess process = WatchedProcess.start(command, log.file());
    boolean ended;
    try {
      ended = process.await(PATIENCE);
    } finally {
      process.stop(Duration.ofSeconds(10));
    }
    if (!ended || process.status() != 0) {
      throw StartFailure.explain("New data could not be made", log, data);
    }
  }

  private void write(Path file, String text) throws IOException {
    OwnerOnly.write(file, text.getBytes(StandardCharsets.UTF_8));
    account.own(file);
  }
}
