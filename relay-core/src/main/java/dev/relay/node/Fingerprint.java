package dev.relay.node;

import dev.relay.message.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells whether two requests ask for the same: SHA-256 over receiver, event, key and payload. */
final class Fingerprint {
  private Fingerprint() {}

  /** Lower-case hexadecimal, 64 characters. The order of an object's fields makes no difference. */
  static String of(SendRequest request) {
    ArrayNode whole = Json.mapper().createArrayNode();
    whole.add(request.actor());
    whole.add(request.event());
    whole.add(request.key());
    whole.add(sorted(request.payload()));
    byte[] text = Json.mapper().writeValueAsString(whole).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> fields = new TreeMap<>();
      object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      ObjectNode copy = Json.mapper().createObjectNode();
      fields.forEach(copy::set);
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.mapper().createArrayNode();
      array.forEach(element -> copy.add(sorted(element)));
      return copy;
    }
    return node;
  }
}
