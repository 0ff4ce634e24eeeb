package dev.relay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogJsonTest {
  private static final EventDefinition ADD =
      new EventDefinition(
          UUID.randomUUID(),
          "ADD_TO_CART",
          EventKind.COMMAND,
          "Add an item",
          null,
          "1.2.0",
          json("{'type': 'object'}"),
          json("true"),
          "active",
          List.of(new Consumer("cart", Pattern.ASK, Duration.ofSeconds(3), null)),
          Instant.parse("2026-02-03T04:05:06Z"),
          Instant.parse("2026-02-03T04:05:07Z"));

  @Test
  void an_event_has_every_field_of_its_row() {
    assertThat(json(CatalogJson.event(ADD).toString()))
        .isEqualTo(
            json(
                """
                {'event_name': 'ADD_TO_CART', 'kind': 'command', 'description': 'Add an item',
                 'producer_actor': null, 'schema_version': '1.2.0',
                 'payload_schema': {'type': 'object'}, 'result_schema': true, 'status': 'active',
                 'consumers': [
                   {'actor': 'cart', 'pattern': 'ask', 'timeout_ms': 3000, 'key_field': null}],
                 'created_at': '2026-02-03T04:05:06Z', 'updated_at': '2026-02-03T04:05:07Z'}
                """));
  }

  @Test
  void what_is_shown_can_be_added_elsewhere() {
    EventDraft draft = CatalogJson.draft(json(CatalogJson.event(ADD).toString()));
    assertThat(draft)
        .isEqualTo(
            new EventDraft(
                ADD.name(),
                ADD.kind(),
                ADD.description(),
                null,
                ADD.schemaVersion(),
                ADD.payloadSchema(),
                ADD.resultSchema(),
                ADD.consumers()));
  }

  @Test
  void a_name_and_a_producer_are_enough() {
    EventDraft draft =
        CatalogJson.draft(
            json("{'event_name': 'A', 'producer_actor': 'b', 'consumers': [{'actor': 'c'}]}"));
    assertThat(draft.kind()).isEqualTo(EventKind.EVENT);
    assertThat(draft.schemaVersion()).isEqualTo("1.0.0");
    assertThat(draft.payloadSchema()).isEqualTo(json("{'type': 'object'}"));
    assertThat(draft.resultSchema()).isNull();
    assertThat(draft.consumers())
        .containsExactly(new Consumer("c", Pattern.PUBLISH, Duration.ofSeconds(5), null));
  }

  @Test
  void every_problem_is_told_with_its_pointer_and_the_name_that_was_meant() {
    JsonNode wrong =
        json(
            """
            {'evnt_name': 'A', 'kind': 'comand', 'description': 7, 'status': 'deprecated',
             'consumers': [{'actr': 'c', 'pattern': 'tel', 'timeout_ms': 1.5}, 'cart']}
            """);
    assertThatThrownBy(() -> CatalogJson.draft(wrong))
        .asInstanceOf(type(RelayException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_INVALID);
              assertThat(e.violations())
                  .extracting(v -> v.pointer() + " " + v.message())
                  .containsExactlyInAnyOrder(
                      "/evnt_name unknown field; did you mean \"event_name\"?",
                      "/kind is \"comand\", must be one of command, query, event;"
                          + " did you mean \"command\"?",
                      "/event_name is missing",
                      "/description is a number, must be a string",
                      "/status must be active or left out: what is added is active",
                      "/consumers/0/actr unknown field; did you mean \"actor\"?",
                      "/consumers/0/actor is missing",
                      "/consumers/0/pattern is \"tel\", must be one of ask, tell, publish;"
                          + " did you mean \"tell\"?",
                      "/consumers/0/timeout_ms is 1.5, must be a whole number of milliseconds",
                      "/consumers/1 is a string, must be an object with actor");
            });
  }

  @Test
  void what_is_no_object_is_refused() {
    for (String text : List.of("[]", "7", "null", "'x'")) {
      assertThatThrownBy(() -> CatalogJson.draft(json(text)))
          .hasMessageContaining("must be an object");
    }
  }

  @Test
  void changes_are_told_in_words_and_in_fields() {
    CatalogChange change =
        new CatalogChange(
            CatalogChange.Subject.EVENT, CatalogChange.Action.ADDED, "A", "A: new event of b");
    assertThat(CatalogJson.changes(new CatalogChanges(List.of(change))))
        .isEqualTo(
            json(
                "[{'subject': 'event', 'action': 'added', 'name': 'A',"
                    + " 'text': 'A: new event of b'}]"));
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }
}
