package dev.relay.definition;

import dev.relay.definition.YamlNode.Scalar;
import dev.relay.find.Indexes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one file. Goes on after a problem, so that one run reports them all. */
final class ActorReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "description",
          "version",
          "key",
          "class",
          "types",
          "state",
          "state_version",
          "migrations",
          "indexes",
          "metrics",
          "handles",
          "queries",
          "subscribes",
          "events",
          "dependencies",
          "retry");

  private final Problems problems;
  private final Places places = new Places();

  ActorReader(Problems problems) {
    this.problems = problems;
  }

  /** A definition, and where its parts are written. */
  record Located(ActorDefinition definition, Problems problems, Places places) {}

  /** The definition as far as it can be read; to be used only where there are no problems. */
  @Nullable Located read(String text) {
    DefinitionFile file =
        DefinitionFile.read(
            text, "actor", "an actor", "{ name: cart, key: userId }", KEYS, problems);
    return file == null
        ? null
        : new Located(definition(file.form(), file.source()), problems, places);
  }

  private ActorDefinition definition(Form actor, JsonNode source) {
    String name = name(actor);
    String key = actor.required("key", "userId");
    Optional<String> javaClass = javaClass(actor);
    Types types = new Types(problems);
    YamlNode state = actor.get("state");
    types.declare(actor.entries("types"), name, state);
    JsonNode stateSchema = state == null ? Names.anyObject() : types.document(state);
    MigrationsReader migrations = new MigrationsReader(problems);
    int stateVersion = migrations.version(actor, stateSchema);
    Indexes indexes =
        new IndexesReader(problems, stateSchema).read(actor.entries("indexes"), name, stateVersion);
    HandlersReader reader =
        new HandlersReader(
            problems, places, types, key, javaClass.isPresent(), new FindReader(problems, indexes));
    Map<String, HandlerDefinition> handlers = handlers(actor, reader);
    Map<String, ProducedEvent> produces =
        new ProducedReader(problems, places, types).read(actor.entries("events"), handlers);
    DependenciesReader dependencies = new DependenciesReader(problems, places);
    YamlNode retry = actor.get("retry");
    ActorDefinition definition =
        new ActorDefinition(
            name,
            version(actor),
            actor.text("description").orElse(""),
            key,
            javaClass.orElse(null),
            stateSchema,
            stateVersion,
            migrations.steps(actor, stateVersion, javaClass.isPresent()),
            indexes,
            new MetricsReader(problems, produces, handlers, indexes)
                .read(actor.entries("metrics"), name),
            handlers,
            produces,
            dependencies.dependencies(actor.entries("dependencies")),
            retry == null ? RetryPolicy.DEFAULT : dependencies.retry(retry),
            source);
    reader.checkTold(definition);
    types.finish();
    return definition;
  }

  private Map<String, HandlerDefinition> handlers(Form actor, HandlersReader reader) {
    reader.commands(actor.entries("handles"));
    reader.queries(actor.entries("queries"));
    reader.subscriptions(actor.entries("subscribes"));
    if (reader.handlers().isEmpty()) {
      String message = "an actor receives something: write handles, queries or subscribes";
      problems.add(actor.place(), message);
    }
    return reader.handlers();
  }

  private String name(Form actor) {
    String name = actor.required("name", "cart");
    places.put("name", actor.placeOf("name"));
    if (!name.isEmpty()) {
      Names.actor(name, actor.placeOf("name"), problems);
    }
    return name;
  }

  private String version(Form actor) {
    String version = actor.scalar("version").map(Scalar::text).orElse("1.0.0");
    if (!Names.isVersion(version)) {
      String message = "a version has three numbers such as 1.2.0, not " + version;
      problems.add(actor.placeOf("version"), message);
    }
    return version;
  }

  private Optional<String> javaClass(Form actor) {
    Optional<String> name = actor.text("class");
    places.put("class", actor.placeOf("class"));
    if (name.isPresent() && !Names.isJavaClass(name.get())) {
      String message = "class names a Java class such as shop.cart.CartActor, not " + name.get();
      problems.add(actor.placeOf("class"), message);
    }
    return name;
  }
}
