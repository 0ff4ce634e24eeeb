package dev.relay.cli.command.tail;

import dev.relay.cli.client.EventSource;
import dev.relay.cli.client.NodeClient;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a node's stream for as long as is wanted, over cuts and restarts of the node: each time
 * it goes on where it stood. Used by one thread, but for {@link #resumeAfter}.
 */
final class Follower {
  /** For the outcomes of the last event shown, where only so many are wanted. */
  private static final Duration AFTERMATH = Duration.ofSeconds(3);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * What is followed.
   *
   * @param path of the stream, without where it starts
   * @param start the query that says so, for the first time
   * @param limit how many events; 0 for no end
   * @param greeting what is said once the stream is open, so that nothing after it is missed
   */
  record Wanted(String path, String start, long limit, String greeting) {}

  private final NodeClient node;
  private final Wanted wanted;
  private final TailSink sink;
  private final OpenEvents open;
  private final Consumer<String> talk;
  private volatile @Nullable String position;
  private volatile long shown;

  Follower(NodeClient node, Wanted wanted, TailSink sink, OpenEvents open, Consumer<String> talk) {
    this.node = node;
    this.wanted = wanted;
    this.sink = sink;
    this.open = open;
    this.talk = talk;
  }

  /** After which position the next reader goes on; null where nothing is known yet. */
  @Nullable String resumeAfter() {
    return position;
  }

  /** How many events were shown. */
  long shown() {
    return shown;
  }

  /** Follows until as many events as wanted have come, or nobody reads what is printed. */
  void run() {
    Duration pause = FIRST_PAUSE;
    String greeting = wanted.greeting();
    boolean cut = false;
    while (true) {
      try (EventSource source = connect()) {
        talk.accept(greeting);
        greeting = "connected again, nothing was missed";
        cut = false;
        pause = FIRST_PAUSE;
        if (read(source)) {
          return;
        }
        talk.accept("the node ended the stream; waiting for it to come back");
      } catch (IOException | CommandFailure | RelayException e) {
        if (position == null || !passing(e)) {
          throw e instanceof RuntimeException known
              ? known
              : CommandFailure.of(ExitCode.UNREACHABLE, text(e));
        }
        if (!cut) {
          talk.accept("the stream was cut (" + text(e) + "); trying again");
        }
      }
      cut = true;
      pause(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }

  private EventSource connect() {
    String from = open.resumeAfter(position);
    return node.stream(wanted.path() + (from == null ? wanted.start() : ""), from);
  }

  /** Reads to the end of the stream; true where nothing more is wanted. */
  private boolean read(EventSource source) throws IOException {
    while (true) {
      if (enough() && open.isEmpty()) {
        return true;
      }
      EventSource.Event event;
      try {
        event = source.next();
      } catch (SocketTimeoutException e) {
        if (enough()) {
          return true;
        }
        throw e;
      }
      if (event == null) {
        return false;
      }
      take(event, source);
      String last = source.lastId();
      position = last == null ? position : last;
      if (sink.gone()) {
        return true;
      }
    }
  }

  private void take(EventSource.Event event, EventSource source) throws IOException {
    JsonObject data = JsonText.object(event.data());
    if (event.type().equals("delivery")) {
      long number = open.outcome(data);
      if (number > 0) {
        sink.delivery(number, data);
      }
    } else if (!enough() && open.isNew(event.id())) {
      shown++;
      open.shown(shown, event.id(), data);
      sink.event(shown, event.id(), data);
      if (enough()) {
        source.patience(AFTERMATH);
      }
    }
  }

  private boolean enough() {
    return wanted.limit() > 0 && shown >= wanted.limit();
  }

  /** Whether the same may work later: the node restarts, or is overloaded for the moment. */
  private static boolean passing(Exception failure) {
    if (failure instanceof RelayException known) {
      return known.code() == ErrorCode.SHUTTING_DOWN
          || known.code() == ErrorCode.OVERLOADED
          || known.code() == ErrorCode.DATABASE_UNREACHABLE;
    }
    return !(failure instanceof CommandFailure command)
        || command.exitCode() == ExitCode.UNREACHABLE
        || command.exitCode() == ExitCode.TIMED_OUT;
  }

  private static String text(Exception failure) {
    if (failure instanceof SocketTimeoutException) {
      return "no sign of life for 45 s";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of(ExitCode.INTERRUPTED, "interrupted");
    }
  }
}
