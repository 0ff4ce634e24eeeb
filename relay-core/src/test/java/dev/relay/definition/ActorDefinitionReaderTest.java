package dev.relay.definition;

import static dev.relay.definition.Definitions.CART;
import static dev.relay.definition.Definitions.read;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.expression.Script;
import dev.relay.message.Json;
import dev.relay.schema.SchemaCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ActorDefinitionReaderTest {
  private static final JsonNode PAYLOAD =
      Json.mapper()
          .readTree(
              """
              {"userId":"user123","productId":"prod456","quantity":2,"price":29.99,"name":"Example"}
              """);

  @Test
  void a_definition_says_what_its_file_says() {
    ActorDefinition cart = read(CART);

    assertThat(cart.name()).isEqualTo("cart");
    assertThat(cart.version()).isEqualTo("1.0.0");
    assertThat(cart.description()).isEqualTo("Shopping cart");
    assertThat(cart.keyField()).isEqualTo("userId");
    assertThat(cart.javaClass()).isNull();
    assertThat(cart.handlers()).containsOnlyKeys("ADD_TO_CART", "GET_CART", "ORDER_CREATED");
    assertThat(cart.dependencies().get("inventory"))
        .isEqualTo(
            new Dependency(
                "inventory",
                Set.of("CHECK_STOCK"),
                Pattern.ASK,
                Duration.ofSeconds(5),
                "stock",
                BreakerPolicy.DEFAULT));
    assertThat(cart.retry()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(added(cart).schemaVersion()).isEqualTo("1.1.0");
    assertThat(cart.source().at("/actor/state/total").stringValue()).isEqualTo("money");
  }

  @Test
  void a_dependency_says_when_it_is_no_longer_asked() {
    ActorDefinition cart =
        read(
            CART.replace(
                "purpose: stock }",
                "purpose: stock, breaker: { failures: 2, of: 3, pause: 1s, probes: 1 } }"));

    assertThat(cart.dependencies().values())
        .extracting(Dependency::breaker)
        .containsExactly(new BreakerPolicy(2, 3, Duration.ofSeconds(1), 1));
  }

  @Test
  void commands_queries_and_subscriptions_are_told_apart() {
    ActorDefinition cart = read(CART);
    HandlerDefinition add = handler(cart, "ADD_TO_CART");
    HandlerDefinition get = handler(cart, "GET_CART");
    HandlerDefinition created = handler(cart, "ORDER_CREATED");

    assertThat(add.kind()).isEqualTo(EventKind.COMMAND);
    assertThat(add.pattern()).isEqualTo(Pattern.ASK);
    assertThat(add.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(add.rules()).extracting(rule -> rule.text()).contains("quantity >= 1");
    assertThat(add.emits()).containsExactly("ITEM_ADDED_TO_CART");
    assertThat(get.readOnly()).isTrue();
    assertThat(created.kind()).isEqualTo(EventKind.EVENT);
    assertThat(created.pattern()).isEqualTo(Pattern.PUBLISH);
    assertThat(created.payloadSchema()).isNull();
  }

  @Test
  void the_worked_example_runs_from_its_file() {
    ActorDefinition cart = read(CART);
    HandlerDefinition add = handler(cart, "ADD_TO_CART");
    SchemaCompiler compiler = new SchemaCompiler();

    Script script = requireNonNull(add.script());
    Script.Done done =
        (Script.Done) script.run(new Script.Input(null, PAYLOAD, "user123", Instant.EPOCH));

    assertThat(add.rules()).allMatch(rule -> rule.holds(PAYLOAD));
    JsonNode state = requireNonNull(done.state());
    assertThat(state.path("total").decimalValue()).isEqualByComparingTo("59.98");
    assertThat(compiler.compile(cart.stateSchema()).check(state).violations()).isEmpty();
    JsonNode result = requireNonNull(add.resultSchema());
    assertThat(compiler.compile(result).check(state).violations()).isEmpty();
    JsonNode event = added(cart).payloadSchema();
    assertThat(compiler.compile(event).check(done.emits().get(0).payload()).violations()).isEmpty();
  }

  @Test
  void a_schema_carries_the_named_types_it_needs_and_no_others() {
    ActorDefinition cart = read(CART);

    assertThat(cart.stateSchema().path("$defs").propertyNames()).containsExactly("CartItem");
    JsonNode result = requireNonNull(handler(cart, "ADD_TO_CART").resultSchema());
    assertThat(result.path("$defs").propertyNames()).containsExactlyInAnyOrder("Cart", "CartItem");
    JsonNode payload = requireNonNull(handler(cart, "ADD_TO_CART").payloadSchema());
    assertThat(payload.has("$defs")).isFalse();
    assertThat(payload.path("additionalProperties").booleanValue()).isFalse();
  }

  @Test
  void an_actor_with_a_class_leaves_handlers_to_java() {
    ActorDefinition thing =
        read(
            """
            actor:
              name: thing
              key: id
              class: shop.Thing
              handles:
                DO_IT: { payload: { id: uuid }, emits: [DONE, FAILED] }
                TOUCH: { payload: { id: uuid }, pattern: tell, do: { state: $payload } }
            """);

    assertThat(thing.javaClass()).isEqualTo("shop.Thing");
    assertThat(thing.inJava()).containsExactly("DO_IT");
    assertThat(thing.version()).isEqualTo("1.0.0");
    assertThat(thing.produces().get("DONE"))
        .isEqualTo(new ProducedEvent("DONE", "", "1.0.0", thing.stateSchema()));
    assertThat(thing.stateSchema()).hasToString("{\"type\":\"object\"}");
  }

  @Test
  void a_folder_of_actors_an_actors_folder_and_a_file_can_be_read(@TempDir Path folder)
      throws IOException {
    Path cart = Files.createDirectories(folder.resolve("actors/cart"));
    Files.writeString(cart.resolve("actor.yaml"), CART);
    Files.createDirectories(folder.resolve("actors/notes"));
    ActorDefinitionReader reader = new ActorDefinitionReader();

    assertThat(reader.readPaths(List.of(folder.resolve("actors"))).definitions()).hasSize(1);
    assertThat(reader.readPaths(List.of(cart)).definitions()).hasSize(1);
    assertThat(reader.read(cart.resolve("actor.yaml")).name()).isEqualTo("cart");
  }

  @Test
  void what_is_no_readable_file_is_a_problem_too(@TempDir Path folder) throws IOException {
    ActorDefinitionReader reader = new ActorDefinitionReader();
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xc3, 0x28});
    Path large = Files.write(folder.resolve("large.yaml"), new byte[YamlReader.MAX_CHARACTERS + 1]);

    assertThatThrownBy(() -> reader.readPaths(List.of(folder)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("no definition in this folder; expected a NAME/actor.yaml");
    assertThatThrownBy(() -> reader.readPaths(List.of(folder.resolve("none"), binary, large)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("none:1:1  no such file")
        .hasMessageContaining("binary.yaml:1:1  not a text in UTF-8")
        .hasMessageContaining("large.yaml:1:1  larger than a definition may be");
  }

  private static ProducedEvent added(ActorDefinition cart) {
    return requireNonNull(cart.produces().get("ITEM_ADDED_TO_CART"));
  }

  private static HandlerDefinition handler(ActorDefinition actor, String event) {
    return requireNonNull(actor.handlers().get(event));
  }
}
