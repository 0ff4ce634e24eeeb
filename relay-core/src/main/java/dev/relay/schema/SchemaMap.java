package dev.relay.schema;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Where the subschemas of a schema are, what they are called ({@code $id}, {@code $anchor}) and
 * where they refer to. Immutable once built, so safe for use by many threads.
 */
final class SchemaMap {
  /** Keywords that refer to another schema by URI. */
  private static final Set<String> REFERRING = Set.of("$ref", "$dynamicRef", "$recursiveRef");

  /**
   * A reference as written.
   *
   * @param owner the schema object that holds it
   * @param base the address of the resource it stands in, empty where that has no {@code $id}
   */
  record Reference(JsonNode owner, String pointer, String keyword, String base, String target) {}

  private final JsonNode root;
  private final Map<String, JsonNode> resources = new HashMap<>();
  private final Map<String, JsonNode> anchors = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();

  private SchemaMap(JsonNode root) {
    this.root = root;
    resources.put("", root);
  }

  static SchemaMap of(JsonNode schema) {
    SchemaMap map = new SchemaMap(schema);
    map.visit(schema, "", "");
    return map;
  }

  List<Reference> references() {
    return references;
  }

  /** The schema a reference leads to, none where it leads nowhere in this document. */
  Optional<JsonNode> target(Reference reference) {
    String absolute = resolve(reference.base(), reference.target());
    int hash = absolute.indexOf('#');
    String resource = hash < 0 ? absolute : absolute.substring(0, hash);
    String fragment = hash < 0 ? "" : absolute.substring(hash + 1);
    return target(resource, decode(fragment));
  }

  /** The schema object at a place, told as resource and JSON Pointer within it. */
  Optional<JsonNode> target(String resource, String fragment) {
    if (!fragment.isEmpty() && !fragment.startsWith("/")) {
      return Optional.ofNullable(anchors.get(resource + "#" + fragment));
    }
    return Optional.ofNullable(resources.get(resource))
        .map(node -> Pointers.follow(node, fragment))
        .filter(node -> !node.isMissingNode());
  }

  /** What could have been meant by a reference that leads nowhere. */
  Set<String> referable() {
    Set<String> names = new LinkedHashSet<>();
    for (String keyword : List.of("$defs", "definitions")) {
      for (String name : root.path(keyword).propertyNames()) {
        names.add("#" + Pointers.child("/" + keyword, name));
      }
    }
    resources.keySet().stream().filter(id -> !id.isEmpty()).forEach(names::add);
    anchors.keySet().forEach(anchor -> names.add(anchor.substring(anchor.indexOf('#'))));
    return names;
  }

  /** The absolute address of a reference; the same text where it can't be one. */
  static String resolve(String base, String target) {
    if (base.isEmpty()) {
      return target;
    }
    if (target.startsWith("#")) {
      return base + target;
    }
    try {
      return URI.create(base).resolve(target).toString();
    } catch (IllegalArgumentException notAnAddress) {
      return target;
    }
  }

  private void visit(JsonNode schema, String pointer, String outerBase) {
    if (!schema.isObject()) {
      return;
    }
    String base = identify(schema, outerBase);
    for (var keyword : schema.properties()) {
      String place = Pointers.child(pointer, keyword.getKey());
      if (REFERRING.contains(keyword.getKey()) && keyword.getValue().isString()) {
        String target = keyword.getValue().stringValue();
        references.add(new Reference(schema, place, keyword.getKey(), base, target));
      }
      for (Subschemas.Child child : Subschemas.under(keyword.getKey(), keyword.getValue())) {
        visit(child.schema(), place + child.step(), base);
      }
    }
  }

  /** Notes the names a schema gives itself and returns the base its references are relative to. */
  private String identify(JsonNode schema, String outerBase) {
    String base = outerBase;
    for (String keyword : List.of("$id", "id")) {
      String id = schema.path(keyword).asString("");
      if (id.startsWith("#") && id.length() > 1) {
        anchors.putIfAbsent(outerBase + id, schema);
      } else if (!id.isEmpty()) {
        base = withoutEmptyFragment(resolve(outerBase, id));
        resources.putIfAbsent(base, schema);
      }
    }
    for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
      String name = schema.path(keyword).asString("");
      if (!name.isEmpty()) {
        anchors.putIfAbsent(base + "#" + name, schema);
      }
    }
    return base;
  }

  private static String withoutEmptyFragment(String id) {
    return id.endsWith("#") ? id.substring(0, id.length() - 1) : id;
  }

  private static String decode(String fragment) {
    try {
      return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return fragment;
    }
  }
}
