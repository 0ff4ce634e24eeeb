package dev.relay.embedded;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for, once the builder is done.
 *
 * @param folder absolute
 * @param binaries the folder for the unpacked programs; null to have one chosen
 * @param port 0 for any
 * @param settings changed lines of {@code postgresql.conf}
 * @param temporary whether the folder goes when the server is closed
 */
record Options(
    Path folder,
    @Nullable Path binaries,
    int port,
    String database,
    String user,
    Map<String, String> settings,
    boolean temporary) {

  Options {
    settings = Map.copyOf(settings);
  }
}
