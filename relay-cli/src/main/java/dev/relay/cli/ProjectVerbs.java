package dev.relay.cli;

import dev.relay.cli.command.Verb;
import dev.relay.cli.command.serve.ActorClasses;
import dev.relay.cli.config.DeclaredVerb;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.failure.CommandFailure;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verbs that the project adds. Their names and lines come from {@code relay.yaml}, so that a
 * help page loads no class of the project's; the class is loaded by whoever types the name.
 */
final class ProjectVerbs {
  private final Session session;

  ProjectVerbs(Session session) {
    this.session = session;
  }

  /**
   * What help lists; nothing where {@code relay.yaml} can't be read, which is no reason to hide
   * help.
   */
  List<Verbs.Entry> listed() {
    try {
      return entries();
    } catch (CommandFailure unreadable) {
      return List.of();
    }
  }

  /** The verb of this name. */
  Verbs.@Nullable Entry find(String name) {
    return entries().stream().filter(entry -> entry.path().equals(name)).findFirst().orElse(null);
  }

  private List<Verbs.Entry> entries() {
    return session.settings().verbs().stream()
        .filter(verb -> Verbs.find(verb.name()) == null)
        .map(verb -> new Verbs.Entry(verb.name(), verb.line(), false))
        .toList();
  }

  /**
   * The command that does it, freshly built.
   *
   * @throws CommandFailure where its class isn't there, or is no verb
   */
  Verb build(Verbs.Entry entry) {
    DeclaredVerb declared =
        session.settings().verbs().stream()
            .filter(verb -> verb.name().equals(entry.path()))
            .findFirst()
            .orElseThrow();
    try {
      return loader()
          .loadClass(declared.className())
          .asSubclass(Verb.class)
          .getConstructor(Session.class)
          .newInstance(session);
    } catch (ClassNotFoundException e) {
      throw wrong(
          declared, "isn't on the class path", "build it, or mend \"classpath\" in relay.yaml");
    } catch (ClassCastException | NoSuchMethodException | IllegalAccessException e) {
      throw wrong(
          declared,
          "is no verb",
          "it is public, extends " + Verb.class.getName() + " and takes a Session");
    } catch (InstantiationException | InvocationTargetException e) {
      throw new IllegalStateException("the verb " + declared.name() + " can't be built", e);
    }
  }

  // not closed: the verb runs until the process ends
  private ClassLoader loader() {
    return ActorClasses.loader(session.settings().value(Setting.CLASSPATH));
  }

  private static CommandFailure wrong(DeclaredVerb verb, String what, String fix) {
    return CommandFailure.usage(
            "relay.yaml says that "
                + verb.className()
                + " does "
                + verb.name()
                + ", but it "
                + what)
        .fix(fix);
  }
}
