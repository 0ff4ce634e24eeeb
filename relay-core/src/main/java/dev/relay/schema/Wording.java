package dev.relay.schema;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Our words for the errors of the validator library: what was found, what is expected. */
final class Wording {
  /** Accepted values that are listed before "and more". */
  private static final int LISTED = 12;

  private final KnownFields knownFields;

  Wording(KnownFields knownFields) {
    this.knownFields = knownFields;
  }

  Violation violation(Finding finding) {
    Error error = finding.error();
    return new Violation(pointer(finding), keyword(error), message(error));
  }

  /** The library reports {@code contains} as the {@code minContains} of one that it implies. */
  private static String keyword(Error error) {
    return error.getKeyword().equals("minContains") && argument(error).equals("1")
        ? "contains"
        : error.getKeyword();
  }

  /** The types or values an error of {@code type}, {@code enum} or {@code const} would accept. */
  static List<String> accepted(Error error) {
    JsonNode accepted = error.getSchemaNode();
    if (error.getKeyword().equals("type")) {
      return accepted.isArray() ? texts(accepted) : List.of(accepted.asString());
    }
    return error.getKeyword().equals("enum")
        ? StreamSupport.stream(accepted.spliterator(), false).map(Quoted::value).toList()
        : List.of(Quoted.value(accepted));
  }

  /** The sentence for a value that is none of the accepted types or values. */
  static String mustBe(Error error, Collection<String> accepted) {
    JsonNode found = error.getInstanceNode();
    if (error.getKeyword().equals("type")) {
      return "is " + Quoted.valueAndType(found) + ", must be " + String.join(" or ", accepted);
    }
    List<String> listed = accepted.stream().limit(LISTED).toList();
    String more = accepted.size() > LISTED ? " or " + (accepted.size() - LISTED) + " more" : "";
    String mustBe = listed.size() == 1 ? ", must be " : ", must be one of ";
    return "is " + Quoted.value(found) + mustBe + String.join(", ", listed) + more + meant(error);
  }

  private static String meant(Error error) {
    JsonNode found = error.getInstanceNode();
    return found.isString() && error.getSchemaNode().isArray()
        ? Nearest.suggestion(found.stringValue(), texts(error.getSchemaNode()))
        : "";
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asString("")));
    return texts;
  }

  private static String pointer(Finding finding) {
    String place = Pointers.of(finding.instance());
    return switch (finding.keyword()) {
      case "additionalProperties",
          "unevaluatedProperties",
          "propertyNames",
          "items",
          "additionalItems",
          "unevaluatedItems" ->
          Pointers.child(place, argument(finding.error()));
      default -> place;
    };
  }

  private String message(Error error) {
    JsonNode found = error.getInstanceNode();
    JsonNode expected = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "type", "enum", "const" -> mustBe(error, accepted(error));
      case "required" -> "required field " + Quoted.text(argument(error)) + " is missing";
      case "additionalProperties", "unevaluatedProperties" ->
          "unknown field" + Nearest.suggestion(argument(error), knownFields.forUnknown(error));
      case "minimum" -> bound(error, ">=");
      case "maximum" -> bound(error, "<=");
      case "exclusiveMinimum" -> bound(error, ">");
      case "exclusiveMaximum" -> bound(error, "<");
      case "multipleOf" ->
          "must be a multiple of " + Quoted.value(expected) + ", is " + Quoted.value(found);
      case "minLength" -> "must have at least " + length(expected, found);
      case "maxLength" -> "must have at most " + length(expected, found);
      case "pattern" -> "is " + Quoted.value(found) + ", must match the pattern " + text(expected);
      case "format" -> Formats.message(expected.asString(""), found);
      default -> containerMessage(error, found, expected);
    };
  }

  private String containerMessage(Error error, JsonNode found, JsonNode expected) {
    return switch (error.getKeyword()) {
      case "minItems" -> "must have at least " + count(expected, "item") + ", has " + found.size();
      case "maxItems" -> "must have at most " + count(expected, "item") + ", has " + found.size();
      case "uniqueItems" -> "must have no two equal items" + equalItems(found);
      case "minProperties" ->
          "must have at least " + count(expected, "field") + ", has " + found.size();
      case "maxProperties" ->
          "must have at most " + count(expected, "field") + ", has " + found.size();
      case "items", "additionalItems", "unevaluatedItems" ->
          "is one item too many; no schema allows an item at index " + argument(error);
      case "contains", "minContains" ->
          "must contain at least " + argument(error) + " items that fit the schema of contains";
      case "maxContains" ->
          "must contain at most " + argument(error) + " items that fit the schema of contains";
      case "dependentRequired" -> requiredBy(argument(error), error);
      case "dependencies" -> requiredBy(firstMissing(error), error);
      case "propertyNames" ->
          expected.isBoolean()
              ? "is not allowed here: no field is"
              : "has a name that isn't allowed: it " + error.getArguments()[1];
      case "not" -> "is " + Quoted.value(found) + ", must not fit the schema of not";
      case "false" -> "is not allowed here";
      default -> String.valueOf(error.getMessage());
    };
  }

  private static String requiredBy(String missing, Error error) {
    String present = Quoted.text(String.valueOf(error.getProperty()));
    return "required field " + Quoted.text(missing) + " is missing; " + present + " requires it";
  }

  /** The library names only the field that is there; drafts before 2019-09 use this keyword. */
  private static String firstMissing(Error error) {
    JsonNode needed = error.getSchemaNode().path(String.valueOf(error.getProperty()));
    return texts(needed).stream()
        .filter(name -> !error.getInstanceNode().has(name))
        .findFirst()
        .orElse("");
  }

  private static String bound(Error error, String relation) {
    return "must be "
        + relation
        + " "
        + argument(error)
        + ", is "
        + Quoted.value(error.getInstanceNode());
  }

  private static String length(JsonNode limit, JsonNode found) {
    String value = found.asString("");
    return count(limit, "character")
        + ", has "
        + value.codePointCount(0, value.length())
        + (value.isEmpty() ? "" : ": " + Quoted.value(found));
  }

  private static String count(JsonNode limit, String thing) {
    String number = Quoted.value(limit);
    return number + " " + thing + (number.equals("1") ? "" : "s");
  }

  /** Names the first pair, for arrays small enough to compare again. */
  private static String equalItems(JsonNode array) {
    Set<JsonNode> seen = new LinkedHashSet<>();
    for (JsonNode item : array) {
      if (!seen.add(item)) {
        return ", has " + Quoted.value(item) + " twice";
      }
    }
    return "";
  }

  private static String text(JsonNode expected) {
    return Quoted.text(expected.asString(""));
  }

  private static String argument(Error error) {
    Object[] arguments = error.getArguments();
    return arguments == null || arguments.length == 0 ? "" : String.valueOf(arguments[0]);
  }
}
