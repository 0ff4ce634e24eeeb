package dev.relay.definition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogDraft;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventDraft;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.ActorDefinitionReader.Source;
import dev.relay.message.Json;
import dev.relay.schema.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DefinitionSetTest {
  private static final Catalog EMPTY = new Catalog(0, Map.of(), Map.of());

  private static final String SHOP =
      """
      actor:
        name: shop
        key: id
        class: x.Shop
        handles:
          SELL: { payload: { id: string, item: string }, emits: SOLD }
          STOCK_UP: { payload: { id: string }, pattern: tell, timeout: 2s }
        queries:
          LIST: { payload: { store: string }, key: store, returns: string }
        events:
          SOLD: { payload: { id: string, item: string, code?: string }, version: 2.0.0 }
      """;

  private static final String CLERK =
      """
      actor:
        name: clerk
        key: id
        class: x.Clerk
        subscribes:
          SOLD: { pattern: tell, timeout: 1m, key: item }
        dependencies:
          shop: { events: [SELL, LIST] }
      """;

  @Test
  void definitions_that_fit_together_have_no_problems() {
    DefinitionSet set = read(SHOP, CLERK);

    set.check(EMPTY);

    assertThat(set.definitions())
        .extracting(ActorDefinition::name)
        .containsExactly("shop", "clerk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SOLD: | SLOD: | b.yaml:6:5  subscribes SLOD, which no actor produces and the catalog doesn't"
            + " know; did you mean \"SOLD\"?",
        "SOLD: | SELL: | b.yaml:6:5  subscribes SELL, which is a command or query of shop",
        "key: item | key: itme | b.yaml:6:46  subscribes SOLD: the payload has no field \"itme\"; it has:"
            + " code, id, item; did you mean \"item\"?",
        "key: item | key: code | b.yaml:6:46  subscribes SOLD: the key \"code\" may be missing",
        "shop: | shpo: | b.yaml:8:5  dependencies: no actor \"shpo\"; did you mean \"shop\"?",
        "[SELL, LIST] | [SELL, LISTS] | b.yaml:8:28  shop has no command or query LISTS; did you mean"
            + " \"LIST\"?",
        "[SELL, LIST] | [SOLD] | b.yaml:8:22  shop has no command or query SOLD",
        "[SELL, LIST] | [STOCK_UP] | b.yaml:8:22  shop receives STOCK_UP as tell, not as ask",
      })
  void what_does_not_fit_together_is_reported_where_it_is(String good, String bad, String line) {
    DefinitionSet set = read(SHOP, CLERK.replace(good, bad));

    InvalidDefinitionException refused =
        catchThrowableOfType(InvalidDefinitionException.class, () -> set.check(EMPTY));

    assertThat(refused.problems()).hasSize(1);
    assertThat(refused).hasMessageStartingWith(line);
  }

  @Test
  void a_command_an_event_and_a_name_belong_to_one_actor() {
    InvalidDefinitionException refused =
        catchThrowableOfType(
            InvalidDefinitionException.class, () -> read(SHOP, SHOP.replace("LIST:", "LOOK:")));

    assertThat(refused.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "b.yaml:2:9  defines the actor shop, but a.yaml:2 defines the actor shop already; only"
                + " one can",
            "b.yaml:6:5  handles SELL, but a.yaml:6 handles SELL already; only one can",
            "b.yaml:7:5  handles STOCK_UP, but a.yaml:7 handles STOCK_UP already; only one can",
            "b.yaml:11:5  produces SOLD, but a.yaml:11 produces SOLD already; only one can");
  }

  @Test
  void the_catalog_counts_as_well() {
    Catalog catalog =
        new Catalog(
            1,
            Map.of(
                "SOLD", event("SOLD", EventKind.EVENT, null),
                "SELL", event("SELL", EventKind.COMMAND, Pattern.ASK),
                "LIST", event("LIST", EventKind.QUERY, Pattern.ASK)),
            Map.of(
                "shop",
                new ActorEntry("shop", "1.0.0", "", "id", Json.mapper().createObjectNode())));

    read(CLERK).check(catalog);

    assertThat(
            catchThrowableOfType(InvalidDefinitionException.class, () -> read(CLERK).check(EMPTY)))
        .isNotNull();
  }

  @Test
  void the_draft_says_what_the_definitions_say() {
    CatalogDraft draft = read(SHOP, CLERK).draft();

    assertThat(draft.actors()).extracting(actor -> actor.name()).containsExactly("shop", "clerk");
    assertThat(draft.events())
        .extracting(EventDraft::name)
        .containsExactly("LIST", "SELL", "STOCK_UP", "SOLD", "SOLD");
    EventDraft list = draft.events().get(0);
    assertThat(list.kind()).isEqualTo(EventKind.QUERY);
    assertThat(list.producer()).isNull();
    assertThat(list.resultSchema()).hasToString("{\"type\":\"string\"}");
    assertThat(list.consumers())
        .containsExactly(new Consumer("shop", Pattern.ASK, Duration.ofSeconds(5), "store"));
    EventDraft sold = draft.events().get(3);
    assertThat(sold.producer()).isEqualTo("shop");
    assertThat(sold.schemaVersion()).isEqualTo("2.0.0");
    assertThat(requireNonNull(sold.payloadSchema()).path("required")).hasSize(2);
    assertThat(draft.events().get(4))
        .isEqualTo(
            EventDraft.subscription(
                "SOLD", new Consumer("clerk", Pattern.TELL, Duration.ofMinutes(1), "item")));
  }

  @Test
  void a_problem_found_by_others_gets_its_place() {
    DefinitionSet set = read(SHOP);

    assertThat(set.problem("shop", null, "no such class"))
        .hasToString("a.yaml:4:10  no such class");
    assertThat(set.problem("shop", "SELL", "no handler")).hasToString("a.yaml:6:5  no handler");
  }

  private static DefinitionSet read(String... texts) {
    List<Source> sources = new ArrayList<>();
    for (String text : texts) {
      sources.add(new Source((char) ('a' + sources.size()) + ".yaml", text));
    }
    return new ActorDefinitionReader().readAll(sources);
  }

  private static CatalogEvent event(String name, EventKind kind, @Nullable Pattern pattern) {
    JsonNode anyObject = Json.mapper().createObjectNode();
    List<Consumer> consumers =
        pattern == null
            ? List.of()
            : List.of(new Consumer("shop", pattern, Duration.ofSeconds(5), null));
    EventDefinition definition =
        new EventDefinition(
            UUID.randomUUID(),
            name,
            kind,
            "",
            null,
            "1.0.0",
            anyObject,
            null,
            "active",
            consumers,
            Instant.EPOCH,
            Instant.EPOCH);
    return new CatalogEvent(definition, document -> Verdict.ACCEPTED, null);
  }
}
