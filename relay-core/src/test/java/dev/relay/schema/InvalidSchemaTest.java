package dev.relay.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.relay.message.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class InvalidSchemaTest {
  private final SchemaCompiler compiler = new SchemaCompiler();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | `` | must be object or boolean
          3 | `` | is 3 (integer), must be object or boolean
          {"type":"strin"} | /type | did you mean "string"?
          {"type":1} | /type | must be one of "array", "boolean"
          {"properties":[]} | /properties | is [] (array), must be object
          {"properties":{"a":5}} | /properties/a | is 5 (integer), must be object or boolean
          {"properties":{"a~/b":{"minimum":"1"}}} | /properties/a~0~1b/minimum | is "1" (string), must be number
          {"required":"a"} | /required | is "a" (string), must be array
          {"required":["a","a"]} | /required | no two equal items
          {"minLength":-1} | /minLength | must be >= 0, is -1
          {"multipleOf":0} | /multipleOf | must be > 0, is 0
          {"items":[{}]} | /items | must be object or boolean
          {"pattern":"("} | /pattern | regular expression of ECMA-262: Unclosed group near index 1
          {"pattern":"\\\\Z"} | /pattern | \\Z means nothing
          {"patternProperties":{"[":{}}} | /patternProperties/[ | isn't allowed
          {"$ref":5} | /$ref | must be string
          {"$ref":"#/$defs/itm","$defs":{"item":{}}} | /$ref | did you mean "#/$defs/item"?
          {"properties":{"a":{"$ref":"#nowhere"}}} | /properties/a/$ref | isn't in this schema
          {"$defs":{"unused":{"anyOf":[{"$ref":"#/$defs/no"}]}}} | /$defs/unused/anyOf/0/$ref | isn't in this schema
          {"$ref":"other.json"} | /$ref | nothing is fetched from elsewhere
          {"$ref":"classpath:/draft/2020-12/schema"} | /$ref | nothing is fetched from elsewhere
          {"$ref":"#"} | /$ref | leads back to itself
          {"allOf":[{"$ref":"#/$defs/a"}],"$defs":{"a":{"anyOf":[{"$ref":"#"}]}}} | /$defs/a/anyOf/0/$ref | leads back to itself
          {"$schema":"https://example.com/mine"} | /$schema | must be left out (draft 2020-12) or one of https://json-schema.org/draft/2020-12
          {"$schema":"http://json-schema.org/draft-04/schema#","exclusiveMinimum":1} | /exclusiveMinimum | must be boolean
          """)
  void is_refused_with_pointer_and_reason(String schema, String pointer, String why) {
    assertThat(problems(schema))
        .anySatisfy(
            problem -> {
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.message()).contains(why);
            });
  }

  @Test
  void tells_all_problems_at_once() {
    assertThat(
            problems(
                "{\"type\":\"strin\",\"minimum\":\"1\",\"properties\":{\"a\":{\"pattern\":\"[\"}}}"))
        .extracting(Violation::pointer)
        .containsExactly("/type", "/minimum", "/properties/a/pattern");
    assertThat(problems("{\"anyOf\":[{\"$ref\":\"#a\"},{\"$ref\":\"#b\"}]}")).hasSize(2);
  }

  @Test
  void says_the_first_problem_in_its_message() {
    assertThatThrownBy(
            () -> compiler.compile(Json.mapper().readTree("{\"type\":1,\"minimum\":\"\"}")))
        .isInstanceOf(InvalidSchemaException.class)
        .hasMessageStartingWith("not a usable JSON Schema: /type is 1, must be one of")
        .hasMessageEndingWith("(and 1 more)");
  }

  @Test
  void is_never_looked_for_on_the_network_or_on_disk(@TempDir Path folder) throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
        });
    server.start();
    try {
      Path file = Files.writeString(folder.resolve("string.json"), "{\"type\":\"string\"}");
      String remote = "http://localhost:" + server.getAddress().getPort() + "/string.json";
      for (String address : List.of(remote, file.toUri().toString())) {
        assertThat(problems("{\"$ref\":\"" + address + "\"}")).hasSize(1);
        assertThat(problems("{\"$schema\":\"" + address + "\"}")).hasSize(1);
        assertThat(problems("{\"$id\":\"" + address + "\",\"$ref\":\"x.json\"}")).hasSize(1);
        String nested =
            "{\"$defs\":{\"a\":{\"$id\":\"https://example.com/a\",\"$schema\":\"%s\"}},\"$ref\":\"https://example.com/a\"}";
        assertThat(problems(String.format(nested, address))).hasSize(1);
      }
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nested_beyond_all_use_is_refused_and_not_descended_into() {
    ObjectNode deep = JsonNodeFactory.instance.objectNode();
    ObjectNode inner = deep;
    for (int i = 0; i < 100_000; i++) {
      inner = inner.putObject("not");
    }
    assertThatThrownBy(() -> compiler.compile(deep))
        .isInstanceOf(InvalidSchemaException.class)
        .hasMessageContaining("nested deeper than 256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"const\":{\"$ref\":\"#/nowhere\"},\"enum\":[{\"$ref\":\"#x\"}],\"default\":{\"$ref\":\"y\"}}",
        "{\"properties\":{\"$ref\":{\"type\":\"string\"},\"anyOf\":{\"$ref\":\"#/properties/$ref\"}}}",
        "{\"properties\":{\"child\":{\"$ref\":\"#\"}},\"items\":{\"$ref\":\"#\"}}",
        "{\"unknown\":{\"a\":{\"type\":\"string\"}},\"properties\":{\"b\":{\"$ref\":\"#/unknown/a\"}}}"
      })
  void is_not_what_only_looks_like_a_broken_or_circling_reference(String schema) {
    assertThat(compiler.compile(Json.mapper().readTree(schema))).isNotNull();
  }

  private List<Violation> problems(String schema) {
    InvalidSchemaException refusal =
        catchThrowableOfType(
            InvalidSchemaException.class, () -> compiler.compile(Json.mapper().readTree(schema)));
    assertThat(refusal).as(schema).isNotNull();
    return refusal.violations();
  }
}
