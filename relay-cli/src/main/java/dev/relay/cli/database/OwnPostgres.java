package dev.relay.cli.database;

import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Settings;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** The Postgres that the user configured, found answering or explained. */
final class OwnPostgres {
  /** Chosen: a database that needs longer for a connect isn't one to run actors on. */
  static final int CONNECT_SECONDS = 5;

  private OwnPostgres() {}

  static Database open(Settings settings) {
    String host = settings.value(Setting.POSTGRES_HOST).text();
    int port = settings.port(Setting.POSTGRES_PORT);
    String name = settings.value(Setting.POSTGRES_DATABASE).text();
    String server = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    Database database =
        new Database(
            "jdbc:postgresql://" + server + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8),
            settings.value(Setting.POSTGRES_USER).text(),
            settings.value(Setting.POSTGRES_PASSWORD).text(),
            server + "/" + name,
            null);
    try {
      database.dataSource().getConnection().close();
      return database;
    } catch (SQLException e) {
      throw explain(e, settings, server, name);
    }
  }

  private static RelayException explain(
      SQLException e, Settings settings, String server, String name) {
    String user = settings.value(Setting.POSTGRES_USER).text();
    return switch (state(e)) {
      case "28P01", "28000" ->
          failure("Postgres at " + server + " refuses user \"" + user + "\": " + words(e), e)
              .remedy(
                  "check "
                      + source(settings, Setting.POSTGRES_USER)
                      + " and "
                      + source(settings, Setting.POSTGRES_PASSWORD))
              .build();
      case "3D000" ->
          failure("Postgres at " + server + " has no database \"" + name + "\"", e)
              .remedy(
                  "make it (createdb "
                      + name
                      + "), or name another with POSTGRES_DATABASE (now: "
                      + settings.value(Setting.POSTGRES_DATABASE).source()
                      + ")")
              .build();
      default ->
          failure("no Postgres that answers at " + server + ": " + words(e), e)
              .remedy(
                  "start it, or mend "
                      + source(settings, Setting.POSTGRES_HOST)
                      + " and "
                      + source(settings, Setting.POSTGRES_PORT)
                      + "\nor leave every postgres setting out: Relay then runs one of its own")
              .build();
    };
  }

  private static RelayException.Builder failure(String message, SQLException cause) {
    return RelayException.of(ErrorCode.DATABASE_UNREACHABLE, message).cause(cause);
  }

  private static String source(Settings settings, Setting setting) {
    return setting.variable() + " (now: " + settings.value(setting).source() + ")";
  }

  // without a password to try, the driver gives up with a state of its own
  private static String state(SQLException e) {
    boolean noPassword = String.valueOf(e.getMessage()).contains("password is an empty string");
    return noPassword ? "28P01" : String.valueOf(e.getSQLState());
  }

  // the driver adds advice of its own to "connection refused"
  private static String words(SQLException e) {
    if (e.getCause() instanceof UnknownHostException) {
      return "unknown host";
    }
    String message = String.valueOf(e.getMessage());
    int advice = message.indexOf(". Check that the hostname");
    return advice < 0 ? message : message.substring(0, advice);
  }
}
