package dev.relay.cli.command.tail;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.CatalogNames;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.Terminal;
import dev.relay.store.FeedPosition;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code relay tail}: follows published events and what becomes of them. */
public final class TailCommand extends Verb {
  /** A line of a terminal that doesn't say how wide it is. */
  private static final int USUAL_WIDTH = 120;

  private final Word<List<String>> event =
      arguments.options("--event", "EVENT", "only these; * for any characters, may be repeated");
  private final Word<String> actor =
      arguments.option("--actor", "ACTOR", "only what this actor emitted");
  private final Word<String> key =
      arguments.option("--key", "KEY", "only what instances with this key emitted");
  private final Word<String> consumer =
      arguments.option("--consumer", "ACTOR", "only what this actor receives, and what it does");
  private final Word<String> correlation =
      arguments.option("--correlation", "ID", "only what this request caused");
  private final Word<String> since =
      arguments.option("--since", "TIME", "also what came before: 10m, 1d3h, 2026-02-14T09:30:00Z");
  private final Word<String> from =
      arguments.option("--from", "POSITION", "go on after this position, or start for everything");
  private final Word<Long> limit =
      arguments.option("-n,--limit", "N", Long.class, "end after so many events");
  private final Word<Boolean> eventsOnly =
      arguments.flag("--events-only", "leave out what the consumers did");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public TailCommand(Session session) {
    super(
        session,
        "relay tail",
        "relay tail --event 'ORDER_*' --since 10m",
        "relay tail --actor payment -o json | jq 'select(.outcome == \"dead\")'");
  }

  @Override
  public void run() {
    NodeClient node = nodes.node(session);
    check();
    CatalogNames names = new CatalogNames(node.get("/api/catalog/events").objects("events"));
    events().forEach(names::checkEvent);
    if (actor.said()) {
      names.checkActor(actor.value());
    }
    if (consumer.said()) {
      names.checkConsumer(consumer.value());
    }
    OpenEvents open = new OpenEvents(name -> expected(names, name));
    Follower follower = new Follower(node, wanted(node), sink(), open, this::talk);
    follow(follower);
  }

  /** Of how many consumers of an event something is told. */
  private int expected(CatalogNames names, String event) {
    return eventsOnly.said() ? 0 : consumer.said() ? 1 : names.consumers(event);
  }

  private void follow(Follower follower) {
    Thread hook = new Thread(() -> interrupted(follower), "relay-tail-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      follower.run();
    } finally {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    if (session.terminal().errIsTerminal()) {
      hint(follower);
    }
  }

  /** Ctrl-C: the JVM would end with a code that says nothing. */
  private void interrupted(Follower follower) {
    if (session.terminal().errIsTerminal()) {
      session.terminal().err().println(); // the terminal has printed ^C
    }
    hint(follower);
    session.terminal().flush();
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
  }

  private void hint(Follower follower) {
    String position = follower.resumeAfter();
    String count = follower.shown() == 1 ? "1 event" : follower.shown() + " events";
    String next = position == null ? "" : "; what follows: relay tail --from " + position + again();
    session.terminal().err().println("ended after " + count + next);
  }

  /** The same filters again, as the user typed them. */
  private String again() {
    StringBuilder words = new StringBuilder();
    events().forEach(name -> words.append(" --event '").append(name).append('\''));
    append(words, " --actor ", actor.orNull());
    append(words, " --key ", key.orNull());
    append(words, " --consumer ", consumer.orNull());
    append(words, " --correlation ", correlation.orNull());
    return words.toString();
  }

  private static void append(StringBuilder words, String option, @Nullable String value) {
    if (value != null) {
      words.append(option).append(value);
    }
  }

  private void check() {
    if (since.said() && from.said()) {
      throw CommandFailure.usage("--since and --from both say where to start")
          .fix("--since 10m for a time, --from POSITION for where another tail ended");
    }
    if (limit.said() && limit.value() < 1) {
      throw CommandFailure.usage("--limit is at least 1, found " + limit.value());
    }
    if (from.said() && !from.value().equals("start")) {
      try {
        FeedPosition.parse(from.value());
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage(String.valueOf(e.getMessage()))
            .fix("relay tail says its position when it ends; --from start shows everything");
      }
    }
  }

  private List<String> events() {
    return event.or(List.of());
  }

  private boolean live() {
    return !since.said() && !from.said();
  }

  private Follower.Wanted wanted(NodeClient node) {
    StringBuilder path = new StringBuilder("/api/events/stream?deliveries=" + !eventsOnly.said());
    parameter(path, "type", events().isEmpty() ? null : String.join(",", events()));
    parameter(path, "actor", actor.orNull());
    parameter(path, "key", key.orNull());
    parameter(path, "consumer", consumer.orNull());
    parameter(path, "correlation", correlation.orNull());
    StringBuilder start = new StringBuilder();
    parameter(start, "since", since.orNull());
    boolean all = from.or("").equals("start");
    parameter(start, all ? "from" : "after", from.orNull());
    String greeting =
        "following " + node.base() + (live() ? " from now on" : "") + "; Ctrl-C ends it";
    return new Follower.Wanted(path.toString(), start.toString(), limit.or(0L), greeting);
  }

  private static void parameter(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append('&').append(name).append('=').append(NodeClient.escape(value));
    }
  }

  private TailSink sink() {
    Terminal terminal = session.terminal();
    if (output.format() != Format.table) {
      return new TailObjects(terminal.out(), output.format());
    }
    int width = terminal.outIsTerminal() ? columns() : 0;
    return new TailLines(terminal.out(), output.style(session), ZoneId.systemDefault(), width);
  }

  private int columns() {
    try {
      return Integer.parseInt(session.environment().getOrDefault("COLUMNS", ""));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  private void talk(String line) {
    session.terminal().err().println(line);
  }
}
