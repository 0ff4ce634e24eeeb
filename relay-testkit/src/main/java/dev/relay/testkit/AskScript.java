package dev.relay.testkit;

import dev.relay.actor.Answer;
import dev.relay.actor.AskException;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.MessageId;
import dev.relay.schema.DocumentSchema;
import dev.relay.schema.Violation;
import dev.relay.turn.Asking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What other actors answer in a test. Immutable. */
record AskScript(Map<String, Function<JsonNode, JsonNode>> answers) {
  static final AskScript EMPTY = new AskScript(Map.of());

  AskScript {
    answers = Map.copyOf(answers);
  }

  AskScript with(String actor, String event, Function<JsonNode, JsonNode> answer) {
    Map<String, Function<JsonNode, JsonNode>> more = new HashMap<>(answers);
    more.put(actor + " " + event, answer);
    return new AskScript(more);
  }

  static Function<JsonNode, JsonNode> failing(String actor, String event, RelayException failure) {
    return payload -> {
      throw AskException.of(actor, event, failure);
    };
  }

  /** Answers the asks of one turn and notes them down. */
  Asking asking(Catalog catalog, List<TestTurn.Asked> asked) {
    return (dependency, event, payload) -> {
      String actor = dependency.actor();
      asked.add(new TestTurn.Asked(actor, event, payload));
      CatalogEvent known = catalog.event(event).orElse(null);
      if (known != null) {
        check(actor, known, payload);
      }
      Function<JsonNode, JsonNode> answer = answers.get(actor + " " + event);
      if (answer == null) {
        throw new AssertionError(
            "nobody answers " + actor + " " + event + "; say what with TestActor.answering");
      }
      JsonNode data = answer.apply(payload);
      DocumentSchema result = known == null ? null : known.compiledResult();
      if (result != null && !result.check(data).violations().isEmpty()) {
        throw new AssertionError(
            "no answer of " + actor + " to " + event + ": " + result.check(data).violations());
      }
      return new Answer(MessageId.mint(), data, List.of());
    };
  }

  private static void check(String actor, CatalogEvent event, JsonNode payload) {
    List<Violation> violations = event.payload().check(payload).violations();
    if (!violations.isEmpty()) {
      String text = "the payload of " + event.name() + " breaks its schema: " + violations;
      throw AskException.of(
          actor,
          event.name(),
          RelayException.of(ErrorCode.PAYLOAD_INVALID, text).violations(violations).build());
    }
  }
}
