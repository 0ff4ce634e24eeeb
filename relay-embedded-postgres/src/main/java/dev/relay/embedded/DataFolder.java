package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The data of one server ({@code PGDATA}) with what belongs to it: user, password, the databases
 * that exist. It comes into being at once, by a rename, or not at all.
 */
final class DataFolder {

  private static final String IDENTITY = "relay.properties";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Path path;
  private final Binaries binaries;
  private final Account account;
  private final ServerLog log;

  DataFolder(Path folder, Binaries binaries, Account account, ServerLog log) {
    this.folder = folder;
    this.path = in(folder);
    this.binaries = binaries;
    this.account = account;
    this.log = log;
  }

  /** Where the data is below a server's folder. */
  static Path in(Path folder) {
    return folder.resolve("data");
  }

  /** Makes the data if there is none, checks it otherwise, and returns the password. */
  String prepare(String user, String database) throws IOException {
    removeLeftovers();
    if (!Files.exists(path)) {
      create(user, database);
    }
    account.adopt(path);
    checkVersion();
    Properties identity = readIdentity();
    checkUser(identity, user);
    if (!databases(identity).contains(database)) {
      createDatabase(path, database);
      remember(path, identity, database);
    }
    return identity.getProperty("password", "");
  }

  /** Writes the settings for the coming start. */
  void configure(Map<String, String> settings) throws IOException {
    write(path.resolve("postgresql.conf"), Settings.file(settings));
  }

  /** What was being made when a first start was killed. */
  private void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(folder, path.getFileName() + ".new-*")) {
      leftovers.forEach(Folders::deleteQuietly);
    }
  }

  private void create(String user, String database) throws IOException {
    FreeSpace.require(folder, FreeSpace.DATA_MEBIBYTES);
    Path fresh = path.resolveSibling(path.getFileName() + ".new-" + Long.toHexString(nonce()));
    Path secret = path.resolveSibling(fresh.getFileName() + ".password");
    try {
      Files.createDirectory(fresh);
      account.own(fresh);
      Properties identity = new Properties();
      identity.setProperty("user", user);
      identity.setProperty("password", randomPassword());
      write(secret, identity.getProperty("password"));
      initialise(fresh, secret, user);
      write(fresh.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
      write(fresh.resolve("postgresql.conf"), Settings.file(Map.of()));
      createDatabase(fresh, database);
      remember(fresh, identity, database);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(folder);
    } finally {
      Files.deleteIfExists(secret);
      Folders.deleteQuietly(fresh);
    }
  }

  private void initialise(Path fresh, Path secret, String user) throws IOException {
    List<String> initdb =
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + fresh,
            "--username=" + user,
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // sorts by code point and knows all of Unicode, whatever locales the machine has
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C");
    log.beginStart();
    WatchedProcess running = WatchedProcess.start(account.command(initdb), log.file());
    boolean ended = false;
    try {
      ended = running.await(PATIENCE);
    } finally {
      running.stop(Duration.ofSeconds(10));
    }
    if (!ended || running.status() != 0) {
      throw StartFailure.explain("New data could not be made", log, path);
    }
  }

  /**
   * Without a server, so that a driver isn't needed: single-user PostgreSQL reads SQL from stdin.
   */
  private void createDatabase(Path data, String database) throws IOException {
    if (database.equals("postgres")) {
      return; // initdb made it
    }
    List<String> single =
        List.of(
            binaries.program("postgres").toString(), "--single", "-D", data.toString(), "postgres");
    String sql = "CREATE DATABASE \"" + database + "\"\n";
    log.beginStart();
    int status = Command.run(account.command(single), sql, log.file(), PATIENCE);
    String words = log.sinceStart();
    // it ends well even when the statement failed
    boolean made = status == 0 && !words.contains("ERROR:");
    if (!made && !words.contains("already exists")) {
      throw StartFailure.explain("Database " + database + " could not be made", log, data);
    }
  }

  private void checkVersion() throws IOException {
    Path file = path.resolve("PG_VERSION");
    if (!Files.exists(file)) {
      throw new EmbeddedPostgresException(
          Kind.DATA_UNUSABLE,
          "%s is no PostgreSQL data (it has no PG_VERSION): move it away, and new data is made at the next start."
              .formatted(path));
    }
    String found = Files.readString(file).trim();
    String carried = binaries.majorVersion();
    if (!found.equals(carried)) {
      throw new EmbeddedPostgresException(
          Kind.VERSION_MISMATCH,
          "The data in %s was written by PostgreSQL %s, this is PostgreSQL %s: start it with the version that wrote it, or move the folder away to begin anew."
              .formatted(path, found, carried));
    }
  }

  private static void checkUser(Properties identity, String user) {
    String owner = identity.getProperty("user", "");
    if (!owner.equals(user)) {
      throw new EmbeddedPostgresException(
          Kind.DATA_UNUSABLE,
          "The data belongs to database user %s, not %s: ask for user %s, or choose another folder."
              .formatted(owner, user, owner));
    }
  }

  private Properties readIdentity() throws IOException {
    Properties identity = new Properties();
    Path file = path.resolve(IDENTITY);
    if (!Files.exists(file)) {
      throw new EmbeddedPostgresException(
          Kind.DATA_UNUSABLE,
          "%s was not made by Relay (it has no %s): choose another folder, or connect to that PostgreSQL as one of your own."
              .formatted(path, IDENTITY));
    }
    try (var reader = Files.newBufferedReader(file)) {
      identity.load(reader);
    }
    return identity;
  }

  private void remember(Path data, Properties identity, String database) throws IOException {
    Set<String> all = databases(identity);
    all.add(database);
    identity.setProperty("databases", String.join(",", all));
    StringWriter text = new StringWriter();
    identity.store(text, "Relay's embedded PostgreSQL");
    Path fresh = data.resolve(IDENTITY + ".new");
    write(fresh, text.toString());
    Files.move(fresh, data.resolve(IDENTITY), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Set<String> databases(Properties identity) {
    return new LinkedHashSet<>(Arrays.asList(identity.getProperty("databases", "").split(",")));
  }

  /** Writes a file for the server's account only. */
  private void write(Path file, String text) throws IOException {
    OwnerOnly.write(file, text.getBytes(StandardCharsets.UTF_8));
    account.own(file);
  }

  private static String randomPassword() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static long nonce() {
    return new SecureRandom().nextLong();
  }
}
