package dev.relay.cli;

import dev.relay.cli.command.CompletionCommand;
import dev.relay.cli.command.ErrorsLookupCommand;
import dev.relay.cli.command.PublishCommand;
import dev.relay.cli.command.SendCommand;
import dev.relay.cli.command.TraceCommand;
import dev.relay.cli.command.Verb;
import dev.relay.cli.command.actor.ActorListCommand;
import dev.relay.cli.command.actor.ActorStateCommand;
import dev.relay.cli.command.bus.BusInfoCommand;
import dev.relay.cli.command.bus.BusRebuildCommand;
import dev.relay.cli.command.catalog.CatalogAddCommand;
import dev.relay.cli.command.catalog.CatalogApplyCommand;
import dev.relay.cli.command.catalog.CatalogListCommand;
import dev.relay.cli.command.catalog.CatalogShowCommand;
import dev.relay.cli.command.dlq.DlqDiscardCommand;
import dev.relay.cli.command.dlq.DlqEditCommand;
import dev.relay.cli.command.dlq.DlqListCommand;
import dev.relay.cli.command.dlq.DlqRetryCommand;
import dev.relay.cli.command.dlq.DlqShowCommand;
import dev.relay.cli.command.flow.FlowCancelCommand;
import dev.relay.cli.command.flow.FlowCheckCommand;
import dev.relay.cli.command.flow.FlowCompensateCommand;
import dev.relay.cli.command.flow.FlowListCommand;
import dev.relay.cli.command.flow.FlowResumeCommand;
import dev.relay.cli.command.flow.FlowShowCommand;
import dev.relay.cli.command.flow.FlowSkipCommand;
import dev.relay.cli.command.flow.FlowStartCommand;
import dev.relay.cli.command.migrate.MigrateApplyCommand;
import dev.relay.cli.command.migrate.MigrateStatusCommand;
import dev.relay.cli.command.node.NodeListCommand;
import dev.relay.cli.command.serve.ServeCommand;
import dev.relay.cli.command.tail.TailCommand;
import dev.relay.cli.config.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree of verbs: what there is, in which words, and who does it. Only the verb that was named
 * is ever built, so a short verb doesn't pay for the others.
 */
final class Verbs {
  /**
   * A verb, or a group of verbs.
   *
   * @param path what the user types after {@code relay}
   * @param line what it does, in one line
   * @param group whether it only groups others
   */
  record Entry(String path, String line, boolean group) {
    String name() {
      return path.substring(path.lastIndexOf(' ') + 1);
    }

    String parent() {
      int blank = path.lastIndexOf(' ');
      return blank < 0 ? "" : path.substring(0, blank);
    }
  }

  static final List<Entry> ALL =
      List.of(
          verb("serve", "Run a node: database, actors and HTTP in one process"),
          verb("send", "Send a message to an actor and show the answer"),
          verb("publish", "Publish an event to all its consumers"),
          verb("tail", "Follow events as they are published, and what becomes of them"),
          verb("trace", "Show all that one request caused, with times"),
          group("catalog", "Read and change the event catalog"),
          verb("catalog list", "List the events of the catalog"),
          verb("catalog show", "Show one event: fields, consumers, an example"),
          verb("catalog add", "Add an event to the catalog"),
          verb("catalog apply", "Bring the catalog in step with actor definitions"),
          group("actor", "Look at actors and their instances"),
          verb("actor list", "List the actors of a node, or the instances of one actor"),
          verb("actor state", "Show the state of one actor instance"),
          group("node", "Look at the living nodes"),
          verb("node list", "List the nodes: who hosts what, and how far behind each is"),
          group("bus", "Look at what carries messages between nodes, and mend it"),
          verb("bus info", "Show the transport, what waits in it, and who owns what"),
          verb("bus rebuild", "Make what Redis lacks from what Postgres has"),
          group("flow", "Look at processes across actors, and mend them"),
          verb("flow list", "List the flows, and the runs that aren't over"),
          verb("flow show", "Show one run: what is done, what is now, what is still to come"),
          verb("flow start", "Start a run of a flow and wait for its outcome"),
          verb("flow resume", "Have a paused run try its step again"),
          verb("flow skip", "Have a run go on as if its step were done"),
          verb("flow compensate", "Undo what a run has done, last first"),
          verb("flow cancel", "Call a run off and undo what it has done"),
          verb("flow check", "Compare what was sent with the definition of a flow"),
          group("dlq", "Look at deliveries that were given up, and mend them"),
          verb("dlq list", "List dead letters"),
          verb(
              "dlq show", "Show one dead letter: every attempt, its payload, what waits behind it"),
          verb("dlq retry", "Deliver dead letters again, one or all that a filter means"),
          verb("dlq edit", "Mend the payload of a dead letter and deliver it again"),
          verb("dlq discard", "Delete dead letters, one or all that a filter means"),
          group("migrate", "Bring the database's schema in step with this Relay"),
          verb("migrate status", "Show which migrations are applied and which are pending"),
          verb("migrate apply", "Apply the pending migrations"),
          group("errors", "Explain error codes"),
          verb("errors lookup", "Explain an error code such as RLY-2101"),
          verb("completion", "Print the completion script of a shell"));

  private Verbs() {}

  private static Entry verb(String path, String line) {
    return new Entry(path, line, false);
  }

  private static Entry group(String path, String line) {
    return new Entry(path, line, true);
  }

  /** The entry of this path; aliases are known. */
  static @Nullable Entry find(String path) {
    String meant = path.equals("actor show") ? "actor state" : path;
    for (Entry entry : ALL) {
      if (entry.path().equals(meant)) {
        return entry;
      }
    }
    return null;
  }

  /** What can follow this path; the empty path is {@code relay} itself. */
  static List<Entry> below(String path) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : ALL) {
      if (entry.parent().equals(path)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The command that does it, freshly built. */
  static Verb build(String path, Session session) {
    return switch (path) {
      case "send" -> new SendCommand(session);
      case "publish" -> new PublishCommand(session);
      case "tail" -> new TailCommand(session);
      case "trace" -> new TraceCommand(session);
      case "catalog list" -> new CatalogListCommand(session);
      case "catalog show" -> new CatalogShowCommand(session);
      case "catalog add" -> new CatalogAddCommand(session);
      case "catalog apply" -> new CatalogApplyCommand(session);
      case "serve" -> new ServeCommand(session);
      case "migrate status" -> new MigrateStatusCommand(session);
      case "migrate apply" -> new MigrateApplyCommand(session);
      case "actor list" -> new ActorListCommand(session);
      case "actor state" -> new ActorStateCommand(session);
      case "node list" -> new NodeListCommand(session);
      case "bus info" -> new BusInfoCommand(session);
      case "bus rebuild" -> new BusRebuildCommand(session);
      case "flow list" -> new FlowListCommand(session);
      case "flow show" -> new FlowShowCommand(session);
      case "flow start" -> new FlowStartCommand(session);
      case "flow resume" -> new FlowResumeCommand(session);
      case "flow skip" -> new FlowSkipCommand(session);
      case "flow compensate" -> new FlowCompensateCommand(session);
      case "flow cancel" -> new FlowCancelCommand(session);
      case "flow check" -> new FlowCheckCommand(session);
      case "dlq list" -> new DlqListCommand(session);
      case "dlq show" -> new DlqShowCommand(session);
      case "dlq retry" -> new DlqRetryCommand(session);
      case "dlq edit" -> new DlqEditCommand(session);
      case "dlq discard" -> new DlqDiscardCommand(session);
      case "errors lookup" -> new ErrorsLookupCommand(session);
      case "completion" -> new CompletionCommand(session);
      default -> throw new IllegalArgumentException("no command for the verb " + path);
    };
  }
}
