package dev.relay.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out errors that merely follow from others. By the specification a subschema that fails
 * says nothing about which fields it evaluated, so one wrong value makes {@code
 * unevaluatedProperties} call it, and its innocent neighbours, unknown.
 */
final class Cascades {
  private Cascades() {}

  static List<Error> without(List<Error> errors, KnownFields knownFields) {
    if (errors.stream().noneMatch(Cascades::unevaluated)) {
      return errors;
    }
    Set<NodePath> troubled = new HashSet<>();
    for (Error error : errors) {
      if (!unevaluated(error)) {
        addWithParents(error.getInstanceLocation(), troubled);
      } else if (unknownField(error, knownFields)) {
        // the object that holds it is in trouble as a value, but its other fields aren't therefore
        addWithParents(error.getInstanceLocation().getParent(), troubled);
      }
    }
    return errors.stream()
        .filter(
            error ->
                !unevaluated(error)
                    || unknownField(error, knownFields)
                    || !troubled.contains(error.getInstanceLocation()))
        .toList();
  }

  private static boolean unevaluated(Error error) {
    return error.getKeyword().equals("unevaluatedProperties")
        || error.getKeyword().equals("unevaluatedItems");
  }

  private static boolean unknownField(Error error, KnownFields knownFields) {
    return error.getKeyword().equals("unevaluatedProperties") && !knownFields.knows(error);
  }

  private static void addWithParents(@Nullable NodePath path, Set<NodePath> paths) {
    NodePath place = path;
    while (place != null && paths.add(place)) {
      place = place.getParent();
    }
  }
}
