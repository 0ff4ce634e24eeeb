package dev.relay.server;

import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why an address can't be listened on, and what to do. */
final class BindFailure {
  private BindFailure() {}

  static ServerStartException explain(RuntimeException failure, String host, int port) {
    return new ServerStartException(sentence(cause(failure), host, port), failure);
  }

  private static String sentence(Throwable cause, String host, int port) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof UnresolvedAddressException
        || cause instanceof UnknownHostException
        || text.contains("unresolved")) {
      return "\"" + host + "\" is no address that can be found; give one with --host";
    }
    if (text.contains("permission")) {
      return "port " + port + " needs rights this user hasn't; give one above 1023 with --port";
    }
    if (text.contains("assign requested address")) {
      return host + " is no address of this machine; give one with --host, 127.0.0.1 for example";
    }
    if (cause instanceof BindException) {
      return "port "
          + port
          + " of "
          + host
          + " is taken by another program; stop it, or give another port with --port (0 for any"
          + " free one)";
    }
    return "can't listen on " + host + " port " + port + ": " + cause.getMessage();
  }

  private static Throwable cause(Throwable failure) {
    @Nullable Throwable at = failure;
    while (at != null) {
      if (at instanceof SocketException
          || at instanceof UnknownHostException
          || at instanceof UnresolvedAddressException) {
        return at;
      }
      at = at.getCause();
    }
    return failure;
  }
}
