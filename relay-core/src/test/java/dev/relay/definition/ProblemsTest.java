package dev.relay.definition;

import static dev.relay.definition.Definitions.handler;
import static dev.relay.definition.Definitions.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In each file a § stands before the place at which the problem is to be reported. */
class ProblemsTest {
  private static final String HEAD = "actor:\n  name: thing\n  key: id\n";
  private static final String DO = "do: { reply: $payload }";

  @ParameterizedTest
  @MethodSource({
    "ofTheActor",
    "ofTypes",
    "ofHandlers",
    "ofTransitions",
    "ofEmits",
    "ofTheRest",
    "ofFinding"
  })
  void a_problem_is_reported_where_it_is(String marked, String message, String suggestion) {
    List<Place> expected = new ArrayList<>();
    String yaml = unmarked(marked, expected);

    List<Problem> found = problems(yaml);

    assertThat(found)
        .as("%s", found)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains(message);
              assertThat(problem.suggestion()).isEqualTo(suggestion.isEmpty() ? null : suggestion);
              assertThat(new Place(problem.line(), problem.column())).isIn(expected);
            });
  }

  static Stream<Arguments> ofTheActor() {
    String query = "  queries: { GET: { payload: { id: string }, " + DO + " } }\n";
    return Stream.of(
        arguments("§actr:\n  name: thing\n", "has no key \"actr\"", "actor"),
        arguments("§[1, 2]", "an actor's file is a mapping, not a list", ""),
        arguments("actor: §thing", "actor is a mapping, not a text", ""),
        arguments("actor:\n  §key: id\n" + query, "lacks name", ""),
        arguments("actor:\n  §name: thing\n" + query, "lacks key", ""),
        arguments(HEAD + "  §quries: {}\n" + query, "no key \"quries\"; it has: name,", "queries"),
        arguments("actor:\n  name: §MyCart\n  key: id\n" + query, "lower_snake", "my_cart"),
        arguments("actor:\n  name: §[x]\n  key: id\n" + query, "name is a text, not a list", ""),
        arguments(HEAD + "  description: §12\n" + query, "write it in quotes: \"12\"", ""),
        arguments(HEAD + "  version: §1.1\n" + query, "three numbers such as 1.2.0, not 1.1", ""),
        arguments(HEAD + "  class: §no class\n" + query, "class names a Java class", ""),
        arguments(HEAD.replace("  name", "  §name"), "an actor receives something", ""),
        arguments(HEAD + "  handles: §[A, B]\n" + query, "handles is a mapping by name", ""));
  }

  static Stream<Arguments> ofFinding() {
    return Stream.of(
        index("§userid", "the state has no field \"userid\"", "userId"),
        index("[userId, §items]", "items is nothing to order by", ""),
        kinds("§fox", "the state has no field \"fox\"; it has: box, n, tax", "box"),
        kinds("§n", "n is nothing to order by", ""),
        index("[§userId + n]", "userId is a text, not a number", ""),
        index("n +§", "expected a field of the state, found the end", ""),
        index("§'userId, n'", "several fields of an index are a list: [userId, n]", ""),
        index("§[n, n, n, n, n]", "lists 1 to 4 fields, not 5", ""),
        found("§usrId = $payload.a", "usrId isn't indexed; thing indexes userId, n", "userId"),
        found("userId = §$payload.user", "the payload has no field \"user\"", ""),
        found("userId = §$payload.b", "$payload.b may be missing; require it, or write", ""),
        found("userId = §someone", "userId is a text, not someone; write a text in quotes", ""),
        found("§n > 1", "no index of thing begins with n > …", ""),
        found("userId = $payload.a §or n = 1", "expected and, found or", ""),
        version("metrics: { a: §sum n on X }", "a is written like sum(amount) on", ""),
        version("metrics: { §A: count }", "a metric's name is lower_snake", ""),
        version("metrics: { a: count on §NO_EVENT }", "neither an event of this actor nor", ""),
        version("metrics: { a: sum(§m) }", "m isn't indexed, so instances can't be counted", ""),
        version("state_version: §0", "state_version is a whole number from 1 to 1000", ""),
        version("state_version: §2", "nothing leads from 1 to 2: write migrations:", ""),
        version("state_version: 3\n  migrations: §{ 2: $ }", "nothing leads from 2 to 3", ""),
        version("migrations: { §2: $ }", "from 2 to state_version, which is 1, not to 2", ""),
        version("state_version: 2\n  migrations: { 2: §$frm(n) }", "no function $frm", ""),
        version("state_version: 2\n  migrations: { 2: §[] }", "an expression that gives the", ""),
        arguments(
            HEAD + "  queries: { GET: { find: §x = 1, " + DO + " } }", "declares no indexes", ""),
        arguments(
            HEAD
                + "  state: { userId: string }\n  indexes: { by_user: userId }\n"
                + "  queries: { GET: { §key: a, find: {}, "
                + DO
                + " } }",
            "GET finds instances, so no key names one",
            ""));
  }

  private static Arguments index(String marked, String message, String suggestion) {
    String yaml =
        HEAD
            + "  state: { userId: string, n: integer, items: array<string> }\n  indexes: { a: "
            + marked
            + " }\n  queries: { GET: { payload: { id: string }, "
            + DO
            + " } }\n";
    return arguments(yaml, message, suggestion);
  }

  /** A state of two kinds, which mean something else by n. */
  private static Arguments kinds(String marked, String message, String suggestion) {
    String yaml =
        HEAD
            + "  types: { A: { box: string, n: integer }, B: { tax: string, n: string } }\n"
            + "  state: { schema: { oneOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }] } }\n"
            + "  indexes: { by_box: [box], by_tax: [tax], a: "
            + marked
            + " }\n  queries: { GET: { payload: { id: string }, "
            + DO
            + " } }\n";
    return arguments(yaml, message, suggestion);
  }

  private static Arguments version(String marked, String message, String suggestion) {
    String yaml =
        HEAD
            + "  state: { n: integer }\n  "
            + marked
            + "\n  queries: { GET: { payload: { id: string }, "
            + DO
            + " } }\n";
    return arguments(yaml, message, suggestion);
  }

  private static Arguments found(String marked, String message, String suggestion) {
    String yaml =
        HEAD
            + "  state: { userId: string, n: integer }\n  indexes: { by_user: [userId, n] }\n"
            + "  queries:\n    GET:\n      payload: { a: string, b?: string }\n      find: "
            + marked
            + "\n      "
            + DO
            + "\n";
    return arguments(yaml, message, suggestion);
  }

  static Stream<Arguments> ofTypes() {
    return Stream.of(
        type("§strng", "no type \"strng\"", "string"),
        type("§int", "no type \"int\"", "integer"),
        type("array<§Cartitem>", "no type \"Cartitem\"", "CartItem"),
        type("map<array<§monney>>", "no type \"monney\"", "money"),
        type("array<§string?>", "only a field can be optional", ""),
        type("'§'", "a type is missing", ""),
        type("§12", "a type such as string or integer, not a number", ""),
        type("§null", "a type such as string or integer, not nothing", ""),
        type("§[]", "an enum lists at least one value", ""),
        type("[open, §[closed]]", "an enum lists texts, numbers or booleans, not a list", ""),
        type("'§enum(a, b)'", "an enum is written as a list of its values", ""),
        type("{ a: string, §a?: integer }", "a field needs a name of its own: \"a?\"", ""),
        type("{ schema: { type: §strin } }", "not a usable JSON Schema: /type", ""),
        type("{ schema: { pattern: §'(' } }", "not a usable JSON Schema: /pattern", ""),
        type("{ $ref: §'#/$defs/Nobody' }", "not a usable JSON Schema: /$ref", ""),
        typed("§Lost: { a: string }\n", "the type Lost is used nowhere", ""),
        typed("Used: §Used\n", "the type Used is only another name for itself", ""),
        typed("§used_: string\n    Used: integer\n", "a type's name is CamelCase", "Used"));
  }

  static Stream<Arguments> ofHandlers() {
    return Stream.of(
        handled("§DoIt: { payload: { id: string }, " + DO + " }", "UPPER_SNAKE", "DO_IT"),
        handled("DO_IT: { §paylod: 1, payload: { id: string }, " + DO + " }", "paylod", "payload"),
        handled("DO_IT: §{ " + DO + " }", "lacks a payload, which names the instance", ""),
        handled("DO_IT: { payload: §{ idd: string }, " + DO + " }", "no field \"id\"", ""),
        handled("DO_IT: { payload: §{ id?: string }, " + DO + " }", "may be missing", ""),
        handled(
            "DO_IT: { payload: §{ id: money }, " + DO + " }", "integer or uuid, not number", ""),
        handled(
            "DO_IT: { key: §a.c, payload: { a: { b: string } }, " + DO + " }",
            "the payload has no field \"a.c\"; beside \"c\" it has: b",
            ""),
        handled(
            "DO_IT: { key: §a.b, payload: { a?: { b: string } }, " + DO + " }",
            "the key \"a.b\" may be missing",
            ""),
        handled(
            "DO_IT: { key: §a.b, payload: { a: { b: money } }, " + DO + " }",
            "the key \"a.b\" is a string, integer or uuid, not number",
            ""),
        handled("DO_IT: { key: §no, payload: { id: string }, " + DO + " }", "no field \"no\"", ""),
        handled(
            "DO_IT: { pattern: §aks, payload: { id: string }, " + DO + " }", "ask or tell", "ask"),
        handled("DO_IT: { timeout: §soon, payload: { id: string }, " + DO + " }", "duration", ""),
        handled("DO_IT: { timeout: §0, payload: { id: string }, " + DO + " }", "duration", ""),
        handled("DO_IT: { timeout: §30d, payload: { id: string }, " + DO + " }", "duration", ""),
        handled("§DO_IT: { payload: { id: string } }", "has no handler: write do:, or class:", ""),
        handled(
            "DO_IT: { payload: { id: string }, returns: string, do: §{ state: $ } }",
            "returns something, but do has no reply",
            ""),
        handled(
            "DO_IT: { payload: { id: string }, pattern: tell, do: §{ reply: $ } }",
            "nobody hears a reply",
            ""),
        arguments(
            HEAD + "  queries: { GET: { payload: { id: string }, §emits: X, " + DO + " } }",
            "queries GET has no key \"emits\"",
            ""),
        arguments(
            HEAD + "  queries: { GET: { payload: { id: string }, do: { §state: $, reply: $ } } }",
            "GET: do has no key \"state\"",
            ""),
        arguments(
            HEAD + "  subscribes: { GONE: { pattern: §all, do: { state: $ } } }",
            "pattern is publish or tell or ask, not all",
            ""),
        arguments(
            HEAD
                + "  handles: { X: { payload: { id: string }, "
                + DO
                + " } }\n"
                + "  subscribes: { §X: { do: { state: $ } } }",
            "X is received twice",
            ""));
  }

  static Stream<Arguments> ofTransitions() {
    return Stream.of(
        done("{ reply: '1 + §$cuont(x)' }", "no function $cuont", "$count"),
        done("{ reply: \"\\\"a\\\" & §$paylod\" }", "no variable $paylod", "$payload"),
        done("\n    reply: |\n      ( $a := 1;\n        $a + §$b )\n", "no variable $b", ""),
        done("\n    reply: §>\n      ( $a := 1;\n        $a + $b )\n", "no variable $b", ""),
        done("{ reply: '§$random()' }", "would differ when a turn is retried", ""),
        done("{ state: '§$state.x', reply: $ }", "$state is the new state", ""),
        done("{ reply: 'a §b' }", "syntax error", ""),
        done("§{}", "do says nothing; it has: fail, state, cancel, emit, reply", ""),
        done("{ §stat: $, reply: $ }", "do has no key \"stat\"", "state"),
        done("{ reply: $, fail: [ §{ when: a, code: NO } ] }", "fail lacks message", ""),
        done("{ reply: $, fail: { when: a, code: §no, message: '\"no\"' } }", "UPPER_SNAKE", ""),
        done(
            "{ reply: $, fail: { when: a, code: NO, message: Cart §is full } }",
            "syntax error",
            ""),
        handled(
            "DO_IT: { payload: { id: string }, validates: [ 'id §id' ], " + DO + " }",
            "syntax error",
            ""),
        handled(
            "DO_IT: { payload: { id: string }, validates: [ until > §$now() ], " + DO + " }",
            "has no clock",
            ""),
        handled(
            "DO_IT: { payload: { id: string, n: integer, amount?: money }, validates: [ n > 0 and"
                + " §amuont < 5, $length(id) = n, '`amount` != null', 'x.y[z].w' ], "
                + DO
                + " }",
            "the payload has no field amuont",
            "amount"),
        handled(
            "DO_IT: { payload: { id: string }, validates: [ §{ a: b } ], " + DO + " }",
            "validates lists texts, not a mapping",
            ""));
  }

  static Stream<Arguments> ofEmits() {
    return Stream.of(
        emitting("[DONE]", "{ emit: [DONE, { event: §DONNE }] }", "doesn't declare", "DONE"),
        emitting("[DONE, §GONE]", "{ emit: DONE }", "do never emits GONE", ""),
        emitting("[DONE, §DONE]", "{ emit: DONE }", "emits names DONE twice", ""),
        emitting("[§Done]", "{ emit: Done }", "UPPER_SNAKE", "DONE"),
        emitting("[§DO_IT]", "{ emit: DO_IT }", "is a command here and can't be emitted", ""));
  }

  static Stream<Arguments> ofTheRest() {
    String query = "  queries: { GET: { payload: { id: string }, " + DO + " } }\n";
    return Stream.of(
        arguments(HEAD + query + "  events: { §done: {} }", "UPPER_SNAKE", "DONE"),
        arguments(HEAD + query + "  events: { DONE: { version: §2 } }", "three numbers", ""),
        arguments(HEAD + query + "  events: { §GET: {} }", "GET is a query here", ""),
        arguments(
            HEAD + query + "  dependencies: { §stock: { pattern: ask } }", "lacks events", ""),
        arguments(
            HEAD + query + "  dependencies: { stock: { events: X, pattern: §publish } }",
            "pattern is ask or tell, not publish",
            ""),
        arguments(HEAD + query + "  dependencies: { §Stock: { events: [X] } }", "lower", "stock"),
        arguments(HEAD + query + "  retry: { attempts: §0 }", "from 1 to 1000, not 0", ""),
        arguments(
            HEAD + query + "  retry: { backoff: 5s, max: §1s }", "max is at least backoff", ""),
        arguments(HEAD + query + "  retry: { §atempts: 3 }", "retry has no key", "attempts"));
  }

  @Test
  void all_problems_of_a_file_come_at_once_in_the_order_of_the_file() {
    List<Problem> found =
        problems(
            """
            actor:
              nmae: cart
              key: userId
              state: { total: mony }
              handles:
                Add: { payload: { userId: string, at: datetime }, validates: [ 'a b' ] }
            """);

    assertThat(found)
        .extracting(Problem::toString)
        .containsExactly(
            "actor.yaml:2:3  actor has no key \"nmae\"; it has: name, description, version, key,"
                + " class, types, state, state_version, migrations, indexes, metrics, handles,"
                + " queries, subscribes, events, dependencies, retry; did you mean \"name\"?",
            "actor.yaml:2:3  actor lacks name, for example name: cart",
            "actor.yaml:4:19  no type \"mony\"; did you mean \"money\"?",
            "actor.yaml:6:5  an event's name is UPPER_SNAKE, up to 100 characters, not \"Add\"; did"
                + " you mean \"ADD\"?",
            "actor.yaml:6:5  Add has no handler: write do:, or class: for a handler in Java",
            "actor.yaml:6:43  no type \"datetime\"; did you mean \"timestamp\"?",
            "actor.yaml:6:71  in the expression: syntax error: \"b\"");
  }

  private static Arguments type(String marked, String message, String suggestion) {
    return arguments(
        HEAD
            + "  types: { CartItem: { a: string } }\n"
            + "  queries: { GET: { payload: { id: string, i: CartItem }, "
            + DO
            + " } }\n"
            + "  state: { field: "
            + marked
            + " }\n",
        message,
        suggestion);
  }

  private static Arguments typed(String marked, String message, String suggestion) {
    return arguments(
        HEAD
            + "  types:\n    "
            + marked
            + "  queries: { GET: { payload: { id: string, i: any }, returns: any, "
            + DO
            + " } }\n"
            + (marked.contains("Used") ? "  state: { field: Used }\n" : ""),
        message,
        suggestion);
  }

  private static Arguments handled(String marked, String message, String suggestion) {
    return arguments(handler(marked), message, suggestion);
  }

  private static Arguments done(String marked, String message, String suggestion) {
    boolean block = marked.startsWith("\n");
    String lines =
        block
            ? "DO_IT:\n  payload: { id: string }\n  do:" + marked
            : "DO_IT: { payload: { id: string }, do: " + marked + " }";
    return arguments(handler(lines), message, suggestion);
  }

  private static Arguments emitting(
      String emits, String transition, String message, String suggestion) {
    return handled(
        "DO_IT: { payload: { id: string }, emits: " + emits + ", do: " + transition + " }",
        message,
        suggestion);
  }

  private static String unmarked(String marked, List<Place> places) {
    StringBuilder yaml = new StringBuilder();
    int line = 1;
    int column = 1;
    for (char c : marked.toCharArray()) {
      if (c == '§') {
        places.add(new Place(line, column));
        continue;
      }
      yaml.append(c);
      column = c == '\n' ? 1 : column + 1;
      line += c == '\n' ? 1 : 0;
    }
    return yaml.toString();
  }
}
