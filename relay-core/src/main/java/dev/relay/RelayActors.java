package dev.relay;

import dev.relay.actor.RelayActor;
import dev.relay.definition.ActorDefinition;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.turn.Behaviour;
import java.lang.reflect.Constructor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds or makes the Java object behind a definition and binds the two. */
final class RelayActors {
  private final Map<String, RelayActor<?>> given;
  private final ClassLoader loader;

  /**
   * @param given actors that the app made itself, by class name
   * @param loader finds the classes of the others
   */
  RelayActors(Map<String, RelayActor<?>> given, ClassLoader loader) {
    this.given = Map.copyOf(given);
    this.loader = loader;
  }

  Behaviour bind(ActorDefinition definition) {
    return Behaviour.bind(definition, actor(definition));
  }

  private @Nullable RelayActor<?> actor(ActorDefinition definition) {
    String name = definition.javaClass();
    if (name == null) {
      return null;
    }
    RelayActor<?> known = given.get(name);
    return known != null ? known : make(definition.name(), name);
  }

  private RelayActor<?> make(String actor, String name) {
    try {
      Constructor<?> constructor = loader.loadClass(name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (RelayActor<?>) constructor.newInstance();
    } catch (ClassNotFoundException missing) {
      throw invalid(
          actor, "its class " + name + " is not on the class path; build it, or correct `class:`");
    } catch (NoSuchMethodException missing) {
      throw invalid(
          actor, "its class " + name + " has no constructor without parameters; hand Relay one");
    } catch (ClassCastException wrong) {
      throw invalid(actor, "its class " + name + " does not extend RelayActor");
    } catch (ReflectiveOperationException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw invalid(actor, "its class " + name + " can't be made: " + cause);
    }
  }

  private static RelayException invalid(String actor, String problem) {
    return RelayException.of(ErrorCode.DEFINITION_INVALID, "actor " + actor + ": " + problem)
        .build();
  }
}
