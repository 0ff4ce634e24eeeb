package dev.relay.definition.expression;

import static dev.relay.definition.expression.CartScript.input;
import static dev.relay.definition.expression.CartScript.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionBoundsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "( $f := function($n) { 1 + $f($n + 1) }; $f(0) )          | nested steps",
        "( $f := function($n) { $f($n + 1) }; $f(0) )              | steps; does it end?",
        "( $f := function($n) { $f($n + 1) }; true and $f(0) )     | steps; does it end?",
        "$map([1..9999], function($i) { $map([1..9999], function($j) { $i * $j }) }) | steps",
        "[1..9999999]                                              | a list of 9999999 elements",
        "$sum([1..1000000])                                        | a list of 1000000 elements",
        "$pad('x', 300000000)                                      | $pad to 300000000 characters",
        "$pad('x', -300000000)                                     | $pad to 300000000 characters",
        "( $d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $d('x', 40) ) | a text of",
        "( $d := function($s, $n) { $n = 0 ? $s : $d([$s, $s], $n - 1) }; $d([1], 40) ) | a list of",
        "( $d := function($s, $n) { $n = 0 ? $s : $d({'a': $s, 'b': $s}, $n - 1) }; $d(1, 25) )"
            + " | a result of more than",
        "( $d := function($s, $n) { $n = 0 ? $s : $d({'a': $s}, $n - 1) }; $d(1, 200) )"
            + " | nested deeper",
        "$match($pad('', 400, 'x'), /x*x*x*x*x*y/)                | takes too long",
        "$contains($pad('', 400, 'x'), /x*x*x*x*x*y/)             | takes too long",
        "$replace($pad('', 400, 'x'), /x*x*x*x*x*y/, 'x')         | takes too long",
        "$split($pad('', 400, 'x'), /x*x*x*x*x*y/)                | takes too long",
        "$sort([3,2,1], function($a, $b) { $pad('x', 300000000) }) | $pad to",
        "function($x) { $x }                                       | holds a function",
        "$error('out of paper')                                    | out of paper",
        "1 / 0                                                     | out of range",
      })
  void what_would_not_end_or_grow_too_large_is_stopped(String expression, String why) {
    Script script =
        Expressions.script(new ScriptText(List.of(), null, List.of(), expression.strip()));

    assertThatThrownBy(() -> script.run(input(null, json("{}"))))
        .isInstanceOf(ExpressionException.class)
        .hasMessageStartingWith("do.reply: ")
        .hasMessageContaining(why.strip());
  }

  @Test
  void the_deepest_recursion_allowed_fits_a_small_stack() throws Exception {
    AtomicReference<Object> outcome = new AtomicReference<>();
    Script script =
        Expressions.script(
            new ScriptText(
                List.of(),
                null,
                List.of(),
                "( $f := function($n) { $n = 0 ? 0 : ($map([1], function($x) {"
                    + " $x + $sum([1].($f($n - 1))) }))[0] }; $f(1000) )"));
    Runnable run =
        () -> {
          try {
            outcome.set(script.run(input(null, json("{}"))));
          } catch (ExpressionException stopped) {
            outcome.set(stopped.getMessage());
          }
        };

    Thread small = new Thread(null, run, "small stack", 512 * 1024);
    small.start();
    small.join();

    assertThat(outcome.get()).asString().contains("nested steps");
  }

  @Test
  void a_bound_is_met_at_the_same_step_every_time() {
    Script script =
        Expressions.script(
            new ScriptText(
                List.of(),
                null,
                List.of(),
                "$count($map([1..2000], function($i) { $i * $i + $i }))"));

    Script.Outcome first = script.run(input(null, json("{}")));

    assertThat(first).isEqualTo(new Script.Done(null, json("2000"), List.of()));
    assertThat(script.run(input(null, json("{}")))).isEqualTo(first);
  }
}
