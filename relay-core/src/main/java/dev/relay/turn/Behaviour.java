package dev.relay.turn;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.catalog.CatalogEvent;
import dev.relay.definition.ActorDefinition;
import dev.relay.definition.HandlerDefinition;
import dev.relay.definition.expression.Script;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.find.FindQuery;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.schema.DocumentSchema;
import dev.relay.schema.SchemaCompiler;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/**
 * An actor ready to run: its definition with the handler of each event, in Java or declarative.
 * Immutable, thread-safe.
 */
public final class Behaviour {
  /** One event's handler with what the definition says about it. */
  record Bound(HandlerDefinition definition, Handler handler) {}

  private final ActorDefinition definition;
  private final JavaType stateType;
  private final DocumentSchema stateSchema;
  private final StateForm form;
  private final Map<String, Bound> handlers;
  private final Map<String, ReplySchema> replySchemas = new ConcurrentHashMap<>();

  private Behaviour(
      ActorDefinition definition,
      JavaType stateType,
      DocumentSchema stateSchema,
      StateForm form,
      Map<String, Bound> handlers) {
    this.definition = definition;
    this.stateType = stateType;
    this.stateSchema = stateSchema;
    this.form = form;
    this.handlers = Map.copyOf(handlers);
  }

  /**
   * Binds a definition to its handlers: each declared event has exactly one, and each method marked
   * with {@code @Handles} is declared.
   *
   * @param actor the object with the handlers in Java; absent where the definition names no class
   * @throws RelayException {@link ErrorCode#DEFINITION_INVALID}, listing every mismatch
   */
  public static Behaviour bind(ActorDefinition definition, @Nullable RelayActor<?> actor) {
    List<String> problems = new ArrayList<>();
    Map<String, Handler> inJava = actor == null ? Map.of() : javaHandlers(actor, problems);
    Map<String, Bound> handlers = new HashMap<>();
    for (HandlerDefinition handler : definition.handlers().values()) {
      Script script = handler.script();
      Handler java = inJava.get(handler.event());
      if (script != null && java != null) {
        problems.add(handler.event() + " has a handler in Java and a `do:`; keep one");
      } else if (script != null) {
        handlers.put(handler.event(), new Bound(handler, new ScriptHandler(script)));
      } else if (java != null) {
        handlers.put(handler.event(), new Bound(handler, java));
      } else {
        problems.add(
            handler.event()
                + " has no handler; add `do:` or a method @Handles(\""
                + handler.event()
                + "\")");
      }
    }
    for (String event : new TreeSet<>(inJava.keySet())) {
      if (!definition.handlers().containsKey(event)) {
        problems.add(event + " is handled in Java but not declared in actor.yaml");
      }
    }
    Map<Integer, StateForm.Step> steps = steps(definition, actor, problems);
    if (!problems.isEmpty()) {
      throw RelayException.of(
              ErrorCode.DEFINITION_INVALID,
              "actor " + definition.name() + ": " + String.join("; ", problems))
          .build();
    }
    DocumentSchema schema = new SchemaCompiler().compile(definition.stateSchema());
    StateForm form = new StateForm(definition, schema, steps);
    return new Behaviour(definition, stateType(actor), schema, form, handlers);
  }

  private static Map<Integer, StateForm.Step> steps(
      ActorDefinition definition, @Nullable RelayActor<?> actor, List<String> problems) {
    Map<Integer, StateForm.Step> steps =
        actor == null ? new HashMap<>() : JavaMigration.of(actor, problems);
    int version = definition.stateVersion();
    for (int to : new TreeSet<>(steps.keySet())) {
      if (to < 2 || to > version) {
        problems.add("@Migrates(" + to + "), but state_version is " + version);
      }
    }
    definition
        .migrations()
        .forEach(
            (to, script) -> {
              if (steps.put(to, (state, key) -> migrated(script, state, key)) != null) {
                problems.add("version " + to + " of the state has a migration in Java, too");
              }
            });
    int first = steps.keySet().stream().min(Integer::compare).orElse(version);
    for (int to = Math.max(2, first); to <= version; to++) {
      if (!steps.containsKey(to)) {
        String method = "a method @Migrates(" + to + ")";
        problems.add("nothing leads to version " + to + " of the state; add " + method);
      }
    }
    return steps;
  }

  private static JsonNode migrated(Script script, JsonNode state, String key) {
    Script.Outcome outcome =
        script.run(new Script.Input(state, Json.mapper().createObjectNode(), key, Instant.EPOCH));
    return Objects.requireNonNull(((Script.Done) outcome).state());
  }

  /**
   * A stored state as the handlers know it, migrated where it is of an older version; absent where
   * there is none.
   *
   * @throws RelayException {@code STATE_UNREADABLE} where it can't be had
   */
  public @Nullable StateValue load(ActorAddress address, @Nullable String stored) {
    return form.load(address, stored);
  }

  /** A state as it is stored, with its version. */
  public String stored(StateValue state) {
    return form.text(state);
  }

  /** A stored state as it is shown to people, without its version. */
  public static JsonNode plain(JsonNode stored) {
    return StateForm.plain(stored);
  }

  /**
   * An actor of Relay's own, whose state is a JSON tree.
   *
   * @param handlers by event, each for one that the definition handles
   */
  public static Behaviour of(ActorDefinition definition, Map<String, StepHandler> handlers) {
    Map<String, Bound> bound = new HashMap<>();
    handlers.forEach(
        (event, handler) -> {
          HandlerDefinition about = definition.handlers().get(event);
          if (about == null) {
            throw new IllegalArgumentException(definition.name() + " doesn't handle " + event);
          }
          bound.put(event, new Bound(about, waiting(handler, !about.readOnly())));
        });
    DocumentSchema schema = new SchemaCompiler().compile(definition.stateSchema());
    StateForm form = new StateForm(definition, schema, Map.of());
    return new Behaviour(definition, stateType(null), schema, form, bound);
  }

  private static Handler waiting(StepHandler handler, boolean waits) {
    return new Handler() {
      @Override
      public @Nullable Object handle(OpenTurn turn) {
        return handler.handle(turn);
      }

      @Override
      public boolean waits() {
        return waits;
      }
    };
  }

  /** The definition behind it. */
  public ActorDefinition definition() {
    return definition;
  }

  /** Whether the event's handler changes nothing; false where the event has none. */
  public boolean readOnly(String event) {
    Bound bound = handlers.get(event);
    return bound != null && bound.definition().readOnly();
  }

  /** Whether the event's handler may wait; false where the event has none. */
  public boolean waits(String event) {
    Bound bound = handlers.get(event);
    return bound != null && bound.handler().waits();
  }

  /** Which instances a query finds; absent where the event is asked of one instance. */
  public @Nullable FindQuery find(String event) {
    Bound bound = handlers.get(event);
    return bound == null ? null : bound.definition().find();
  }

  @Nullable Bound bound(String event) {
    return handlers.get(event);
  }

  JavaType stateType() {
    return stateType;
  }

  /** Whether the catalog's schema of the reply is that of the state; remembered per definition. */
  boolean repliesWithState(CatalogEvent event) {
    ReplySchema known = replySchemas.get(event.name());
    if (known == null || known.definition() != event.definition()) {
      known =
          new ReplySchema(
              event.definition(),
              ReplySchema.sameAsState(event.definition().resultSchema(), definition.stateSchema()));
      replySchemas.put(event.name(), known);
    }
    return known.isStates();
  }

  DocumentSchema stateSchema() {
    return stateSchema;
  }

  private static Map<String, Handler> javaHandlers(RelayActor<?> actor, List<String> problems) {
    Map<String, Handler> found = new HashMap<>();
    for (Class<?> type = actor.getClass();
        type != null && type != RelayActor.class;
        type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        Handles handles = method.getAnnotation(Handles.class);
        if (handles == null || method.isBridge()) {
          continue;
        }
        try {
          Handler handler = JavaHandler.bind(actor, method, handles.waits());
          for (String event : handles.value()) {
            if (found.put(event, handler) != null) {
              problems.add(event + " has two methods that handle it; keep one");
            }
          }
        } catch (IllegalArgumentException unusable) {
          problems.add(String.valueOf(unusable.getMessage()));
        }
      }
    }
    return found;
  }

  private static JavaType stateType(@Nullable RelayActor<?> actor) {
    var types = Json.mapper().getTypeFactory();
    if (actor == null) {
      return types.constructType(JsonNode.class);
    }
    return types.constructType(actor.getClass()).findSuperType(RelayActor.class).containedType(0);
  }
}
