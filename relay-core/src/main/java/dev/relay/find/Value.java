package dev.relay.find;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is indexed of a state: a field, or something computed from fields. Two values are the same
 * where their {@link #text} is. Immutable.
 */
public sealed interface Value {
  /** The value as it is written, with the same spaces and brackets however somebody wrote it. */
  String text();

  /** The fields it depends on, as paths from the state's root. */
  default Set<List<String>> fields() {
    Set<List<String>> fields = new LinkedHashSet<>();
    if (this instanceof Field field) {
      fields.add(field.path());
    } else if (this instanceof Computed computed) {
      fields.addAll(computed.left().fields());
      fields.addAll(computed.right().fields());
    } else if (this instanceof Default byDefault) {
      fields.addAll(byDefault.value().fields());
    }
    return fields;
  }

  /** A field of the state: {@code customer.email}. */
  record Field(List<String> path) implements Value {
    public Field {
      path = List.copyOf(path);
    }

    @Override
    public String text() {
      return String.join(".", path);
    }
  }

  /** A number that is the same for all instances. */
  record Constant(BigDecimal number) implements Value {
    @Override
    public String text() {
      return number.toPlainString();
    }
  }

  /** A value with another in its place where it is missing: {@code (reserved ?? 0)}. */
  record Default(Value value, BigDecimal otherwise) implements Value {
    @Override
    public String text() {
      return "(" + value.text() + " ?? " + otherwise.toPlainString() + ")";
    }
  }

  /**
   * Two values and what is done with them.
   *
   * @param operator one of {@code + - * = != < <= > >=}
   */
  record Computed(Value left, String operator, Value right) implements Value {
    /** Whether it says true or false, not a number. */
    public boolean compares() {
      return !"+-*".contains(operator);
    }

    @Override
    public String text() {
      return side(left) + " " + operator + " " + side(right);
    }

    private String side(Value side) {
      List<String> sums = new ArrayList<>(List.of("+", "-"));
      boolean bracketed = side instanceof Computed inner && (!compares() || inner.compares());
      boolean plain =
          side == left
              && side instanceof Computed inner
              && sums.contains(inner.operator())
              && sums.contains(operator);
      return bracketed && !plain ? "(" + side.text() + ")" : side.text();
    }
  }
}
