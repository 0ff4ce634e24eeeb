package dev.relay.find;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an instance must be to be found: an indexed value compared with another. Immutable.
 *
 * @param operator one of {@code = != < <= > >=}
 */
public record Condition(Column column, String operator, Operand operand) {
  /** What a value is compared with. */
  public sealed interface Operand {}

  /** The same for all who ask; as {@link ValueType#text} writes it. */
  public record Constant(String text) implements Operand {}

  /**
   * A field of the question's payload.
   *
   * @param optional whether the condition doesn't apply where the field is missing
   */
  public record Payload(List<String> path, boolean optional) implements Operand {
    public Payload {
      path = List.copyOf(path);
    }

    /** As it is written. */
    public String text() {
      return "$payload." + String.join(".", path);
    }
  }

  /** The time of the question. */
  public record Now() implements Operand {}

  /**
   * A condition with the value that it has for one question, as {@link ValueType#text} writes it.
   */
  public record Bound(Column column, String operator, String value) {
    boolean equates() {
      return operator.equals("=");
    }
  }

  /**
   * The condition for one question; absent where it doesn't apply.
   *
   * @throws FindException where the payload's value is none to compare with
   */
  Optional<Bound> bind(JsonNode payload, Instant now) {
    @Nullable String value;
    if (operand instanceof Constant constant) {
      value = constant.text();
    } else if (operand instanceof Payload field) {
      JsonNode found = at(payload, field.path());
      if (found.isMissingNode() && field.optional()) {
        return Optional.empty();
      }
      value = column.type().text(found).orElse(null);
      if (value == null) {
        String message = field.text() + " is compared with " + column.text() + " and must be ";
        throw new FindException(message + column.type().words(), 0, null);
      }
    } else {
      value = now.toString();
    }
    return Optional.of(new Bound(column, operator, value));
  }

  private static JsonNode at(JsonNode payload, List<String> path) {
    JsonNode at = payload;
    for (String name : path) {
      at = at.isObject() ? at.path(name) : MissingNode.getInstance();
    }
    return at.isNull() ? MissingNode.getInstance() : at;
  }
}
