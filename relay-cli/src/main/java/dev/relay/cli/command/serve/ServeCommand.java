package dev.relay.cli.command.serve;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.logging.ConsoleLog;
import dev.relay.cli.option.Word;
import java.util.List;

/**
 * {@code relay serve}: runs a node until it is told to stop. SIGTERM and Ctrl-C stop it gracefully;
 * it finishes what it accepted and exits with 0, because it did what was asked.
 */
public final class ServeCommand extends Verb {
  private final Word<List<String>> folders =
      arguments.rest("FOLDER", "folders of actors, or actor.yaml files (default: relay.yaml's)");
  private final Word<List<String>> actors =
      arguments.options("--actors-dir", "FOLDER", "the same as an option; repeatable");
  private final Word<String> hosted =
      arguments.option(
          "--actors",
          "NAMES",
          "host only these of the defined actors, for example cart,stock (default: all)");
  private final Word<String> port =
      arguments.option("--port", "PORT", "where HTTP is answered; 0 for any (default 3000)");
  private final Word<String> host =
      arguments.option(
          "--host", "ADDRESS", "who may call: 127.0.0.1 this machine (default), 0.0.0.0 anyone");
  private final Word<String> data =
      arguments.option(
          "--data",
          "FOLDER",
          "where the embedded database is kept (default .relay of the project)");
  private final Word<List<String>> classPath =
      arguments.options(
          "--classpath",
          "PATH",
          "where actors' classes are: a folder, a jar, FOLDER/*; repeatable");
  private final Word<Boolean> verbose =
      arguments.flag("-v,--verbose", "log what the node does, in detail");

  public ServeCommand(Session session) {
    super(
        session,
        "relay serve",
        "relay serve actors/ --classpath target/classes --port 3001",
        "POSTGRES_HOST=db.example.org POSTGRES_PASSWORD=secret relay serve");
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    ConsoleLog.level(verbose.said() ? ConsoleLog.DETAIL : ConsoleLog.NODE);
    note();
    PortCheck.free(session.settings());
    Node node = Node.start(session);
    node.stopWithProcess();
    Banner.print(session, node, start);
    node.await();
  }

  private void note() {
    session.settings().flag(Setting.PORT, port.orNull());
    session.settings().flag(Setting.HOST, host.orNull());
    session.settings().flag(Setting.DATA, data.orNull());
    session.settings().flag(Setting.CLASSPATH, classPath.or(List.of()));
    List<String> named = new java.util.ArrayList<>(folders.or(List.of()));
    named.addAll(actors.or(List.of()));
    session.settings().flag(Setting.ACTORS, named);
    String only = hosted.orNull();
    if (only != null) {
      session.settings().flag(Setting.HOSTED_ACTORS, List.of(only.split("\\s*,\\s*")));
    }
  }
}
