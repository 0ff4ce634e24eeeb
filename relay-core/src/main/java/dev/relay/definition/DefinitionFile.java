package dev.relay.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a definition's file holds under its one name.
 *
 * @param form its entries
 * @param source the whole file
 */
record DefinitionFile(Form form, JsonNode source) {
  /**
   * Reads a file; what is wrong with it goes to the problems.
   *
   * @param kind the one name it holds, such as {@code actor}
   * @param article the kind with its article, for messages
   * @param example what stands under the name, for who left it out
   * @param keys the entries there may be
   * @return absent where there is nothing that can be read on
   */
  static @Nullable DefinitionFile read(
      String text,
      String kind,
      String article,
      String example,
      List<String> keys,
      Problems problems) {
    YamlNode document = YamlReader.read(text, problems);
    if (document == null) {
      return null;
    }
    Form file = Form.of(document, article + "'s file", problems, List.of(kind));
    YamlNode body = file.get(kind);
    if (body == null) {
      if (problems.isEmpty()) {
        problems.add(file.place(), "lacks " + kind + ", as in " + kind + ": " + example);
      }
      return null;
    }
    Form form = Form.of(body, kind, problems, keys);
    return body instanceof YamlNode.Mapping ? new DefinitionFile(form, document.json()) : null;
  }
}
