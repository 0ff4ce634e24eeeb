package dev.relay.definition.expression;

import static dev.relay.definition.expression.CartScript.add;
import static dev.relay.definition.expression.CartScript.input;
import static dev.relay.definition.expression.CartScript.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.definition.expression.Script.Done;
import dev.relay.definition.expression.Script.Fail;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScriptTest {
  private final Script cart = Expressions.script(CartScript.TEXT);

  @Test
  void the_first_item_makes_a_cart_of_one_line() {
    Done done = (Done) cart.run(input(null, add("prod456", 2, "29.99")));

    assertThat(done.state())
        .hasToString(
            "{\"items\":[{\"productId\":\"prod456\",\"quantity\":2,\"price\":29.99,"
                + "\"name\":\"Example\"}],\"total\":59.98}");
    assertThat(done.reply()).isEqualTo(done.state());
    assertThat(done.emits())
        .singleElement()
        .satisfies(
            emission -> {
              assertThat(emission.event()).isEqualTo("ITEM_ADDED_TO_CART");
              assertThat(emission.payload())
                  .hasToString(
                      "{\"userId\":\"user123\",\"productId\":\"prod456\",\"total\":59.98}");
            });
  }

  @Test
  void the_same_product_is_merged_and_another_one_appended() {
    JsonNode state = after(null, add("a", 1, "10"));
    state = after(state, add("b", 1, "0.1"));
    state = after(state, add("a", 2, "10"));

    assertThat(state.at("/items/0/quantity").intValue()).isEqualTo(3);
    assertThat(state.at("/items")).hasSize(2);
    assertThat(state.at("/total").decimalValue()).isEqualByComparingTo("30.1");
  }

  @Test
  void a_condition_that_holds_refuses_with_its_code_and_sentence() {
    StringBuilder lines = new StringBuilder("{'items':[");
    for (int i = 0; i < 50; i++) {
      lines.append(i == 0 ? "" : ",").append("{'productId':'p").append(i).append("'}");
    }
    JsonNode full = json(lines.append("],'total':0}").toString());

    assertThat(cart.run(input(full, add("new", 1, "1"))))
        .isEqualTo(new Fail("CART_FULL", "at most 50 lines, has 50"));
    assertThat(cart.run(input(full, add("p7", 1, "1")))).isInstanceOf(Done.class);
  }

  @Test
  void the_documents_given_are_not_changed() {
    JsonNode state = json("{'items':[],'note':null}");
    JsonNode payload = add("a", 1, "1");
    JsonNode stateBefore = state.deepCopy();
    JsonNode payloadBefore = payload.deepCopy();

    cart.run(input(state, payload));

    assertThat(state).isEqualTo(stateBefore);
    assertThat(payload).isEqualTo(payloadBefore);
  }

  @Test
  void the_time_is_that_of_the_turn_however_often_it_runs() {
    Script script = reply("{ \"at\": $now(), \"millis\": $millis(), \"year\": $now('[Y]') }");

    Done first = (Done) script.run(input(null, json("{}")));

    assertThat(first.reply())
        .isEqualTo(json("{'at':'2026-11-01T10:15:30.000Z','millis':1793528130000,'year':'2026'}"));
    assertThat(script.run(input(null, json("{}")))).isEqualTo(first);
  }

  @Test
  void key_and_old_state_are_seen() {
    Script script = reply("$key & ' ' & count & ' ' & $state.count");

    Done done = (Done) script.run(input(json("{'count':3}"), json("{}")));

    assertThat(done.reply()).isEqualTo(json("'user123 3 3'"));
    assertThat(done.state()).isNull();
  }

  @Test
  void an_emit_is_left_out_where_its_condition_does_not_hold() {
    Script script =
        Expressions.script(
            new ScriptText(
                List.of(),
                "{ 'stock': stock - 1 }",
                List.of(
                    new ScriptText.Emit("LOW", "$state", "$state.stock < 3"),
                    new ScriptText.Emit("SOLD", "$payload", null)),
                null));

    Done plenty = (Done) script.run(input(json("{'stock':9}"), json("{}")));
    Done few = (Done) script.run(input(json("{'stock':3}"), json("{}")));

    assertThat(plenty.emits()).extracting(Script.Emission::event).containsExactly("SOLD");
    assertThat(few.emits()).extracting(Script.Emission::event).containsExactly("LOW", "SOLD");
    assertThat(few.emits().get(0).payload()).isEqualTo(json("{'stock':2}"));
  }

  @Test
  void a_result_that_is_missing_or_no_condition_is_named_with_its_place() {
    assertThatThrownBy(() -> reply("nowhere.to.be.found").run(input(null, json("{}"))))
        .isInstanceOf(ExpressionException.class)
        .hasMessageStartingWith("do.reply: gives nothing")
        .hasMessageEndingWith("in: nowhere.to.be.found");
    assertThatThrownBy(() -> reply("1 + 'x'").run(input(null, json("{}"))))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("right side of the \"+\" operator must evaluate to a number");
    Script odd =
        Expressions.script(
            new ScriptText(
                List.of(new ScriptText.Refusal("'no'", "NO", "'no'")), null, List.of(), null));
    assertThatThrownBy(() -> odd.run(input(null, json("{}"))))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("do.fail[0].when: a condition is true or false, not \"no\"");
  }

  @Test
  void one_script_serves_four_threads_with_equal_results() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<JsonNode>> runs = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String product = "p" + thread;
        runs.add(() -> fill(product));
      }
      for (Future<JsonNode> run : threads.invokeAll(runs)) {
        JsonNode state = run.get();
        assertThat(state.at("/items/0/quantity").intValue()).isEqualTo(2000);
        assertThat(state.at("/total").decimalValue()).isEqualByComparingTo("59980.00");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private JsonNode fill(String product) {
    JsonNode state = null;
    for (int i = 0; i < 2000; i++) {
      state = after(state, add(product, 1, "29.99"));
    }
    return requireNonNull(state);
  }

  private JsonNode after(@Nullable JsonNode state, JsonNode payload) {
    return requireNonNull(((Done) cart.run(input(state, payload))).state());
  }

  private static Script reply(String expression) {
    return Expressions.script(new ScriptText(List.of(), null, List.of(), expression));
  }
}
