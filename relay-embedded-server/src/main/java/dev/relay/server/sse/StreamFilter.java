package dev.relay.server.sse;

import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which events a stream shows. Immutable.
 *
 * @param types names, {@code *} for any characters; empty for all
 * @param actor the producing actor
 * @param key the producing instance's key
 * @param correlation the id shared by all that one request caused
 * @param consumer whose events are shown, and of them only what it did; absent for all
 */
public record StreamFilter(
    List<String> types,
    @Nullable String actor,
    @Nullable String key,
    @Nullable String correlation,
    @Nullable Receiver consumer) {
  public StreamFilter {
    types = List.copyOf(types);
  }

  /**
   * An actor that receives events.
   *
   * @param events whether an event of this name is owed to it, by the catalog of that moment
   */
  public record Receiver(String actor, Predicate<String> events) {}

  /** Reads the comma-separated form of {@code types}. */
  public static StreamFilter of(
      String types, @Nullable String actor, @Nullable String key, @Nullable String correlation) {
    List<String> names = new ArrayList<>();
    for (String name : types.split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.trim());
      }
    }
    return new StreamFilter(names, actor, key, correlation, null);
  }

  /** The same, of events that this actor receives; null for those of all. */
  public StreamFilter receivedBy(@Nullable Receiver receiver) {
    return new StreamFilter(types, actor, key, correlation, receiver);
  }

  /** Whether what this actor does with the events is told. */
  boolean tellsOf(String receiver) {
    return consumer == null || consumer.actor().equals(receiver);
  }

  boolean accepts(Message message) {
    ActorAddress producer = message.headers().producer();
    return acceptsType(message.type())
        && (actor == null || producer != null && actor.equals(producer.actor()))
        && (key == null || producer != null && key.equals(producer.key()))
        && (correlation == null || correlation.equals(message.headers().correlation()))
        && (consumer == null || consumer.events().test(message.type()));
  }

  /** The names without a star that aren't among these. */
  public List<String> unknownTypes(Collection<String> known) {
    return types.stream().filter(type -> !new Glob(type).wild() && !known.contains(type)).toList();
  }

  private boolean acceptsType(String type) {
    if (types.isEmpty()) {
      return true;
    }
    for (String wanted : types) {
      if (new Glob(wanted).matches(type)) {
        return true;
      }
    }
    return false;
  }
}
