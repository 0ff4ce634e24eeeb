package dev.relay.find;

import dev.relay.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Where a page ended: the last instance's values and key. Nothing that its holder should read.
 *
 * @param values those of {@link FindPlan#order}, as texts
 * @param key the instance's key
 */
public record Cursor(List<String> values, String key) {
  public Cursor {
    values = List.copyOf(values);
  }

  /** The cursor as a word for URLs. */
  public String text(FindPlan plan) {
    ArrayNode array = Json.mapper().createArrayNode().add(plan.signature());
    values.forEach(array::add);
    byte[] bytes = Json.mapper().writeValueAsBytes(array.add(key));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads a cursor.
   *
   * @throws FindException where it isn't one of this question's
   */
  public static Cursor read(String text, FindPlan plan) {
    List<String> parts = new ArrayList<>();
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
      for (JsonNode part : Json.mapper().readTree(bytes)) {
        parts.add(part.stringValue());
      }
    } catch (RuntimeException unreadable) {
      parts.clear();
    }
    List<Index.Key> order = plan.order();
    boolean own = parts.size() == order.size() + 2 && parts.get(0).equals(plan.signature());
    for (int i = 0; own && i < order.size(); i++) {
      own = order.get(i).column().type().typed(parts.get(i + 1)).isPresent();
    }
    if (!own) {
      throw new FindException("the cursor belongs to another question; begin without one", 0, null);
    }
    return new Cursor(parts.subList(1, parts.size() - 1), parts.get(parts.size() - 1));
  }
}
