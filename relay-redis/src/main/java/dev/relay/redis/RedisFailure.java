package dev.relay.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What a failure of Redis means, in words that say what to do. */
final class RedisFailure {
  /** The first word of an error reply, as Redis documents it, and what it says to an operator. */
  private static final Map<String, String> REPLIES =
      Map.ofEntries(
          Map.entry(
              "READONLY",
              "is a read-only replica; name the master, or the Sentinels with REDIS_SENTINELS"),
          Map.entry("NOAUTH", "asks for a password; set REDIS_PASSWORD"),
          Map.entry("WRONGPASS", "refuses user or password; check REDIS_USERNAME, REDIS_PASSWORD"),
          Map.entry("NOPERM", "doesn't give this user the rights that docs/bus.md lists"),
          Map.entry("LOADING", "is still loading its data"),
          Map.entry("OOM", "is full: raise maxmemory, or look what fills it"),
          Map.entry("MISCONF", "can't save to its disk and takes no writes; see its log"),
          Map.entry("MASTERDOWN", "is a replica that has lost its master"),
          Map.entry("CLUSTERDOWN", "is a Cluster with slots that no node serves"),
          Map.entry("NOREPLICAS", "has too few replicas and takes no writes"));

  private RedisFailure() {}

  /** Follows "Redis host:port". */
  static String explain(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof RedisCommandTimeoutException || cause instanceof TimeoutException) {
      return "doesn't answer in time";
    }
    String reply = firstWord(cause);
    String known = REPLIES.get(reply);
    if (known != null) {
      return known;
    }
    return "can't be used: " + deepest(cause);
  }

  /**
   * Whether the connection is of no use after this: it is broken, or leads to a server that isn't
   * the master any more.
   */
  static boolean endsConnection(Throwable failure) {
    Throwable cause = cause(failure);
    if (!(cause instanceof RedisCommandExecutionException)) {
      return true;
    }
    return switch (firstWord(cause)) {
      case "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "NOAUTH", "UNBLOCKED" -> true;
      default -> false;
    };
  }

  // what a script ran into stands somewhere in its error, behind a dash
  private static String firstWord(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof RedisCommandExecutionException && at.getMessage() != null) {
        String text = at.getMessage();
        String first = text.split(" ", 2)[0];
        return REPLIES.keySet().stream()
            .filter(word -> text.contains("-" + word + " "))
            .findFirst()
            .orElse(first);
      }
    }
    return "";
  }

  private static String deepest(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    String message = at.getMessage();
    return message == null || message.isEmpty() ? at.getClass().getSimpleName() : message;
  }

  private static Throwable cause(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null
        && (at instanceof CompletionException
            || at instanceof ExecutionException
            || at instanceof RedisConnectionException)) {
      at = at.getCause();
    }
    return at;
  }
}
