package dev.relay.cli.command.serve;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Settings;
import dev.relay.cli.config.Value;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Looks whether the port can be had before anything else is started: nobody should wait for a
 * database only to learn that the port was taken.
 */
final class PortCheck {
  private PortCheck() {}

  static void free(Settings settings) {
    int port = settings.port(Setting.PORT);
    String host = settings.value(Setting.HOST).text();
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      if (!socket.isBound()) {
        throw new IllegalStateException("bound and not bound");
      }
    } catch (UnknownHostException e) {
      throw CommandFailure.usage("\"" + host + "\" is no address that can be found")
          .fix("--host 127.0.0.1 serves this machine, --host 0.0.0.0 every network");
    } catch (IOException e) {
      throw refused(settings, host, port, String.valueOf(e.getMessage()));
    }
  }

  private static CommandFailure refused(Settings settings, String host, int port, String why) {
    if (why.contains("Permission denied")) {
      return CommandFailure.of(
              ExitCode.NOT_ALLOWED, "port " + port + " needs rights this user hasn't")
          .fix("take a port above 1023: relay serve --port 3000");
    }
    if (!why.contains("in use")) {
      return CommandFailure.usage("can't listen on " + host + " port " + port + ": " + why)
          .fix("--host 127.0.0.1 serves this machine, --host 0.0.0.0 every network");
    }
    String who = relayAnswers(settings, port) ? "another Relay node" : "another program";
    return CommandFailure.of(
            ExitCode.FAILED, "port " + port + " of " + host + " is taken by " + who)
        .fix("stop that one, or take another port: relay serve --port " + (port + 1));
  }

  private static boolean relayAnswers(Settings settings, int port) {
    Value at = settings.value(Setting.URL);
    Value url =
        new Value(
            Setting.URL,
            List.of("http://127.0.0.1:" + port),
            at.origin(),
            Path.of("").toAbsolutePath());
    try {
      new NodeClient(url, Duration.ofMillis(500)).get("/api/actors");
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
