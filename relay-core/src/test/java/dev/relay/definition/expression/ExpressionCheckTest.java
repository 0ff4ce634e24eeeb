package dev.relay.definition.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Jsonata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "quantity >= 1",
        "$count(items) >= 50 and $not($payload.productId in items.productId)",
        "items[price > 3 and $contains(name, /a\\/b[/]c/i)].price / 2",
        "$map(items, function($item, $i) { $item & $i })",
        "items@$line#$n.{ 'line': $line, 'n': $n }",
        "/* $nothing() */ 'a $text' & \"$another\" & `$quoted`",
        "( $f := λ($x) { $x * 2 }; $f($) + $$ .y )",
        "$sum(items.price) ~> $round(2)",
        "$now() > '2026' and $key != ''",
        "items^(>price).name",
        "name ?: 'nobody'",
        "$ ~> | items | { 'seen': true } |",
      })
  void a_sound_expression_has_no_problems(String expression) {
    assertThat(Expressions.problems(expression, Sight.BEFORE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a + $cuont(b)                    |  4 | no function $cuont        | $count",
        "$payload.x + $paylod.y           | 13 | no variable $paylod       | $payload",
        "$random() * 6                    |  0 | would differ              |",
        "a & $shuffle(b)                  |  4 | would differ              |",
        "$eval('1')                       |  0 | can't be checked          |",
        "{ 'at': $now }                   |  8 | call it: $now()           |",
        "total + $state.total             |  8 | known only in emit        |",
        "quantity >=                      |  9 | end of expression         |",
        "a + + b                          |  4 | unary operator            |",
        "Cart is full                     |  5 | syntax error              |",
        "( a                              |  2 | before end of expression  |",
        "'abc                             |  0 | matching quote            |",
        "a /                              |  2 | not a complete expression |",
      })
  void a_problem_is_found_without_running(
      String expression, int offset, String message, String suggestion) {
    assertThat(Expressions.problems(expression, Sight.BEFORE))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains(message);
              assertThat(problem.offset()).isEqualTo(offset);
              assertThat(problem.suggestion()).isEqualTo(suggestion);
            });
  }

  @Test
  void every_problem_of_an_expression_is_reported() {
    assertThat(Expressions.problems("$one(1) + $two + $random()", Sight.BEFORE)).hasSize(3);
  }

  @Test
  void a_rule_on_a_payload_has_no_clock() {
    assertThat(Expressions.problems("until > $now()", Sight.PAYLOAD))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("no clock"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n "})
  void an_empty_expression_is_a_problem(String nothing) {
    assertThat(Expressions.problems(nothing, Sight.BEFORE)).hasSize(1);
  }

  @Test
  void a_hopelessly_nested_expression_is_a_problem_and_not_a_crash() {
    assertThat(Expressions.problems("(".repeat(19_000), Sight.BEFORE)).hasSize(1);
    assertThat(Expressions.problems("1" + "+1".repeat(15_000), Sight.BEFORE)).hasSize(1);
  }

  @Test
  void every_function_named_here_exists_in_the_language() {
    for (String name : Names.FUNCTIONS) {
      assertThat(Jsonata.jsonata("$type($" + name + ")").evaluate(null))
          .as(name)
          .isEqualTo("function");
    }
  }
}
