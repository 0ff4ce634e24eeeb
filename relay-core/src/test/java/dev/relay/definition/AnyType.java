package dev.relay.definition;

import dev.relay.message.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A random short type with documents that satisfy it and documents with exactly one fault. */
interface AnyType {
  String yaml();

  JsonNode valid(Random random);

  /** A document with one fault somewhere; null where nothing could be wrong. */
  @Nullable JsonNode invalid(Random random);

  static AnyType random(Random random, int depth) {
    int choice = random.nextInt(depth > 0 ? 8 : 4);
    if (choice < 4) {
      return Simple.SIMPLE.get(random.nextInt(Simple.SIMPLE.size()));
    }
    if (choice == 4) {
      return new Choice(List.of("red", "green", "blue").subList(0, 1 + random.nextInt(3)));
    }
    if (choice == 5) {
      return new ArrayOf(Simple.SIMPLE.get(random.nextInt(Simple.SIMPLE.size())));
    }
    if (choice == 6) {
      return new MapOf(Simple.SIMPLE.get(random.nextInt(Simple.SIMPLE.size())));
    }
    Map<String, AnyType> fields = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String mark = random.nextBoolean() ? "?" : "";
      fields.put("f" + i + mark, random(random, depth - 1));
    }
    return new Fields(fields);
  }

  private static JsonNode node(Object value) {
    return Json.mapper().valueToTree(value);
  }

  /** A type of one word. */
  record Simple(String yaml, Function<Random, Object> value, @Nullable Object wrong)
      implements AnyType {
    static final List<Simple> SIMPLE =
        List.of(
            new Simple("string", random -> "s" + random.nextInt(), 1),
            new Simple("integer", Random::nextLong, "1"),
            new Simple("number", random -> random.nextInt() / 8.0, "1"),
            new Simple("money", random -> BigDecimal.valueOf(random.nextInt(), 2), 0.12345),
            new Simple("boolean", Random::nextBoolean, "true"),
            new Simple(
                "timestamp", r -> Instant.ofEpochSecond(r.nextInt(2_000_000_000)).toString(), "no"),
            new Simple("date", r -> LocalDate.ofEpochDay(r.nextInt(30_000)).toString(), "no"),
            new Simple("uuid", r -> new UUID(r.nextLong(), r.nextLong()).toString(), "no"),
            new Simple("email", random -> "u" + random.nextInt(99) + "@example.org", "no"),
            new Simple("any", random -> random.nextBoolean() ? List.of() : Map.of(), null),
            new Simple("object", random -> Map.of("x", random.nextInt()), "no"));

    @Override
    public JsonNode valid(Random random) {
      return node(value.apply(random));
    }

    @Override
    public @Nullable JsonNode invalid(Random random) {
      return wrong == null ? null : node(wrong);
    }
  }

  /** One of several words. */
  record Choice(List<String> words) implements AnyType {
    @Override
    public String yaml() {
      return words.toString();
    }

    @Override
    public JsonNode valid(Random random) {
      return node(words.get(random.nextInt(words.size())));
    }

    @Override
    public JsonNode invalid(Random random) {
      return node("mauve");
    }
  }

  /** A list of things of one type. */
  record ArrayOf(AnyType item) implements AnyType {
    @Override
    public String yaml() {
      return "array<" + item.yaml() + ">";
    }

    @Override
    public ArrayNode valid(Random random) {
      ArrayNode array = Json.mapper().createArrayNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        array.add(item.valid(random));
      }
      return array;
    }

    @Override
    public JsonNode invalid(Random random) {
      JsonNode fault = item.invalid(random);
      return fault == null ? node("no list") : valid(random).add(fault);
    }
  }

  /** Things of one type by name. */
  record MapOf(AnyType item) implements AnyType {
    @Override
    public String yaml() {
      return "map<" + item.yaml() + ">";
    }

    @Override
    public ObjectNode valid(Random random) {
      ObjectNode map = Json.mapper().createObjectNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        map.set("k" + i, item.valid(random));
      }
      return map;
    }

    @Override
    public JsonNode invalid(Random random) {
      JsonNode fault = item.invalid(random);
      return fault == null ? node("no map") : valid(random).set("wrong", fault);
    }
  }

  /** An object with these fields; a question mark at the end makes one optional. */
  record Fields(Map<String, AnyType> fields) implements AnyType {
    @Override
    public String yaml() {
      List<String> written = new ArrayList<>();
      fields.forEach((name, type) -> written.add(name + ": " + type.yaml()));
      return "{ " + String.join(", ", written) + " }";
    }

    @Override
    public ObjectNode valid(Random random) {
      ObjectNode object = Json.mapper().createObjectNode();
      fields.forEach(
          (name, type) -> {
            if (!name.endsWith("?") || random.nextBoolean()) {
              object.set(name.replace("?", ""), type.valid(random));
            }
          });
      return object;
    }

    @Override
    public JsonNode invalid(Random random) {
      ObjectNode object = valid(random);
      List<String> names = new ArrayList<>(fields.keySet());
      String name = names.get(random.nextInt(names.size()));
      JsonNode fault = Objects.requireNonNull(fields.get(name)).invalid(random);
      if (random.nextInt(3) == 0 || fault == null) {
        return object.put("typo", true);
      }
      if (random.nextInt(3) == 0 && !name.endsWith("?")) {
        object.remove(name);
        return object;
      }
      object.set(name.replace("?", ""), fault);
      return object;
    }
  }
}
