package dev.relay.route;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.KeyTemplate;
import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Picks the receivers of a message from the catalog. Pure but for the ids it takes; thread-safe.
 */
public final class Router {
  private final Supplier<MessageId> ids;

  /**
   * @param ids mints the ids of deliveries
   */
  public Router(Supplier<MessageId> ids) {
    this.ids = ids;
  }

  /** One delivery for each actor that consumes the event, in the catalog's order. */
  public List<Owed> receivers(Catalog catalog, Message message) {
    CatalogEvent event = catalog.event(message.type()).orElse(null);
    if (event == null) {
      return List.of();
    }
    List<Owed> owed = new ArrayList<>(event.definition().consumers().size());
    for (Consumer consumer : event.definition().consumers()) {
      owed.add(owed(catalog, consumer, message));
    }
    return owed;
  }

  /** The delivery to one consumer. */
  public Owed owed(Catalog catalog, Consumer consumer, Message message) {
    String field = keyField(catalog, consumer);
    String id = ids.get().value();
    if (field == null) {
      return new Owed(
          id,
          consumer.actor(),
          "",
          message,
          "no key: actor "
              + consumer.actor()
              + " is not defined and its consumer row names no key_field");
    }
    Optional<String> key = key(catalog, message.payload(), field, message.headers().time());
    return new Owed(
        id,
        consumer.actor(),
        key.orElse(""),
        message,
        key.isPresent()
            ? null
            : "no key: the payload has no usable field \"" + field + "\" for " + consumer.actor());
  }

  /**
   * What of the payload names the consumer's instance, a field or a template; absent where nothing
   * says so.
   */
  public static @Nullable String keyField(Catalog catalog, Consumer consumer) {
    String own = consumer.keyField();
    return own != null
        ? own
        : catalog.actor(consumer.actor()).map(ActorEntry::keyField).orElse(null);
  }

  /**
   * The instance's key: a text or a whole number in this field, 1 to 512 characters.
   *
   * @param catalog the one that the field is from
   * @param field its name, or a path with dots where no field has that very name; or a {@link
   *     KeyTemplate}
   * @param time the message's
   */
  public static Optional<String> key(
      Catalog catalog, JsonNode payload, String field, Instant time) {
    Optional<String> key =
        KeyTemplate.isTemplate(field)
            ? catalog
                .keyTemplate(field)
                .flatMap(template -> template.key(name -> value(payload, name), time))
            : value(payload, field);
    return key.filter(Router::isUsable);
  }

  private static Optional<String> value(JsonNode payload, String field) {
    JsonNode value = payload.get(field);
    if (value == null && field.indexOf('.') > 0) {
      value = payload;
      for (String name : field.split("\\.", -1)) {
        value = value.path(name);
      }
    }
    if (value == null || !(value.isString() || value.isIntegralNumber())) {
      return Optional.empty();
    }
    return Optional.of(value.asString());
  }

  private static boolean isUsable(String key) {
    return !key.isEmpty() && key.length() <= ActorAddress.MAX_KEY_LENGTH && key.indexOf('\0') < 0;
  }
}
