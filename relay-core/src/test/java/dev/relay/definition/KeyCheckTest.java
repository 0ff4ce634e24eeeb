package dev.relay.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class KeyCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'properties':{'id':{'type':'string'}},'required':['id']}",
        "{'properties':{'id':{'type':'integer'}},'required':['id'],'additionalProperties':false}",
        "{'$ref':'#/$defs/A','$defs':{'A':{'properties':{'id':{}},'required':['id']}}}",
        "{'$ref':'#/$defs/A','required':['id'],'$defs':{'A':{'properties':{'id':{}}}}}",
        "{'properties':{'id':{'$ref':'#/$defs/A'}},'required':['id'],'$defs':{'A':{'type':'string'}}}",
        "{'properties':{'id':{'type':['string','integer']}},'allOf':[{'required':['id']}]}",
        "{'type':'object'}",
        "{}",
        "true",
      })
  void a_field_that_can_name_an_instance_is_accepted(String schema) {
    assertThat(KeyCheck.complaint(json(schema), "id")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'properties':{'id':{'type':'string'}}}",
        "{'properties':{'id':{'type':'boolean'}},'required':['id']}",
        "{'properties':{'no':{}},'additionalProperties':false}",
        "{'$ref':'#/$defs/A','$defs':{'A':{'properties':{},'additionalProperties':false}}}",
        "{'properties':{'id':{'$ref':'#/$defs/A'}},'required':['id'],'$defs':{'A':{'type':'array'}}}",
      })
  void a_field_that_cannot_is_complained_of(String schema) {
    assertThat(KeyCheck.complaint(json(schema), "id")).isPresent();
  }

  @Test
  void each_field_of_a_template_is_one_that_can_name_an_instance() {
    JsonNode schema =
        json("{'properties':{'id':{'type':'string'},'may':{'type':'string'}},'required':['id']}");

    assertThat(KeyCheck.complaint(schema, "orders/{$day}/{id % 8}")).isEmpty();
    assertThat(KeyCheck.complaint(schema, "{id}/{may}")).get().asString().contains("\"may\"");
    assertThat(KeyCheck.complaint(schema, "orders/{id")).get().asString().contains("is no key");
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }
}
