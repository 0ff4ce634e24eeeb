package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL of one's own, on loopback, durable, one per folder.
 *
 * <pre>{@code
 * try (EmbeddedPostgres postgres = EmbeddedPostgres.at(Path.of(".relay/postgres")).start()) {
 *   dataSource.setUrl(postgres.jdbcUrl());
 *   dataSource.setUser(postgres.user());
 *   dataSource.setPassword(postgres.password());
 * }
 * }</pre>
 *
 * <p>The server ends with {@link #close()}, and by itself when the JVM ends, {@code kill -9}
 * included. The next start on the folder recovers every committed row; it first stops a server that
 * was left over. A server that dies while the JVM lives is started again on the same port, with the
 * same rows; connections to it are lost.
 *
 * <p>Run on Linux (glibc, x86-64). Written for macOS and other Linuxes too. On Windows a killed JVM
 * leaves its server running until the next start on the folder, and an administrator can't run it.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private final Options options;
  private final FolderLock lock;
  private final Server server;
  private boolean closed;

  private EmbeddedPostgres(Options options, FolderLock lock, Server server) {
    this.options = options;
    this.lock = lock;
    this.server = server;
  }

  /**
   * Describes a server whose data is kept in a folder, which is made when it doesn't exist. About
   * 100 MB are needed there, and 60 MB for the programs.
   */
  public static Builder at(Path dataDirectory) {
    return new Builder(dataDirectory);
  }

  /**
   * Starts a server on a fresh folder, for a test: as durable as any other, but the folder is
   * deleted when the JVM ends, or by {@link #close()}. Takes 1 to 2 s.
   *
   * @throws EmbeddedPostgresException as {@link Builder#start()}
   */
  public static EmbeddedPostgres temporary() {
    return TemporaryFolder.start();
  }

  /** The address to connect to: always loopback. */
  public String host() {
    return "127.0.0.1";
  }

  /** The TCP port; it stays the same for the life of this object. */
  public int port() {
    return server.port();
  }

  /** The name of the database. */
  public String database() {
    return options.database();
  }

  /** The database user, a superuser of this server. */
  public String user() {
    return options.user();
  }

  /** The user's password, made by chance at the first start and kept with the data. */
  public String password() {
    return server.password();
  }

  /** {@code jdbc:postgresql://host:port/database}, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host() + ":" + port() + "/" + database();
  }

  /** The process id of the server; another one after the server died and was started again. */
  public long pid() {
    return server.pid();
  }

  /**
   * Stops the server: connections are cut, everything committed is on disk, the folder is free for
   * another. Takes some 50 ms. Does nothing the second time.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      server.stop();
    } catch (IOException e) {
      throw FileFailure.of(e, options.folder());
    } finally {
      lock.close();
      if (options.temporary()) {
        Folders.deleteQuietly(options.folder());
      }
    }
  }

  /** Options of a server; every one has a default. Not thread-safe. */
  public static final class Builder {

    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable Path binaries;
    private int port;
    private String database = "relay";
    private String user = "relay";
    private boolean temporary;

    private Builder(Path folder) {
      this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * The TCP port. Default 0: the port of the last start on this folder when it is free, else any.
     */
    public Builder port(int port) {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
      }
      this.port = port;
      return this;
    }

    /** The database, made when it doesn't exist. Default {@code relay}. */
    public Builder database(String database) {
      this.database = name(database);
      return this;
    }

    /** The user that the data belongs to, set by the first start. Default {@code relay}. */
    public Builder user(String user) {
      this.user = name(user);
      return this;
    }

    /**
     * A line of {@code postgresql.conf}, for example {@code ("shared_buffers", "512MB")}. Replaces
     * the default of that name; asking for less durability is possible, and then that is what one
     * gets.
     *
     * @throws IllegalArgumentException for what has an option here (the port) or isn't open to
     *     change (where it listens, where its files are)
     */
    public Builder setting(String name, String value) {
      Settings.check(name, value);
      settings.put(name, value);
      return this;
    }

    /**
     * Where the unpacked programs are kept, a folder for each version, shared by all servers that
     * name it. Default: {@code relay} in the user's cache folder; where that can't be used, the
     * folder that the data directory is in, {@code /var/cache/relay}, or the data directory itself.
     */
    public Builder binaries(Path cache) {
      this.binaries = cache.toAbsolutePath().normalize();
      return this;
    }

    /** Whether {@link EmbeddedPostgres#close()} deletes the folder. */
    Builder temporary(boolean temporary) {
      this.temporary = temporary;
      return this;
    }

    /**
     * Starts the server and returns when it takes connections: 0.3 to 0.5 s; the first time on a
     * folder about 1.5 s, the first time on a machine 2 s more; longer after a crash with much to
     * recover.
     *
     * @throws EmbeddedPostgresException with a kind for programs and a sentence for people
     */
    public EmbeddedPostgres start() {
      Options options = new Options(folder, binaries, port, database, user, settings, temporary);
      FolderLock lock = lock();
      try {
        return new EmbeddedPostgres(options, lock, Server.start(options, lock.folder()));
      } catch (IOException e) {
        lock.close();
        throw FileFailure.of(e, folder);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    }

    private FolderLock lock() {
      try {
        return FolderLock.take(Folders.make(folder).toRealPath());
      } catch (IOException e) {
        throw FileFailure.of(e, folder);
      }
    }

    private static String name(String name) {
      // no quote and no newline: it becomes part of SQL and of a URL
      if (!name.matches("[A-Za-z_][A-Za-z0-9_-]{0,62}")) {
        throw new IllegalArgumentException(
            "\"%s\": a name here is a letter, then letters, digits, _ and -, 63 at most"
                .formatted(name));
      }
      return name;
    }
  }
}
