package dev.relay.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error of the validator library with its paths as lists: the library keeps them as chains that
 * are walked for each step asked for.
 *
 * @param evaluation the keywords that led to the error, through references
 * @param instance where in the document it is
 */
record Finding(Error error, List<String> evaluation, List<String> instance) {
  /** The findings of errors, each made when first asked for: of thousands, a hundred are told. */
  static List<Finding> of(List<Error> errors) {
    @Nullable Finding[] made = new Finding[errors.size()];
    return new AbstractList<>() {
      @Override
      public Finding get(int index) {
        Finding finding = made[index];
        if (finding == null) {
          finding = of(errors.get(index));
          made[index] = finding;
        }
        return finding;
      }

      @Override
      public int size() {
        return made.length;
      }

      private Finding of(Error error) {
        return new Finding(
            error, parts(error.getEvaluationPath()), parts(error.getInstanceLocation()));
      }
    };
  }

  String keyword() {
    return error.getKeyword();
  }

  /** The steps of a path, unescaped. */
  static List<String> parts(NodePath path) {
    Deque<String> parts = new ArrayDeque<>();
    NodePath rest = path;
    for (int last = path.getNameCount() - 1; last >= 0; last--) {
      parts.addFirst(rest.getName(last));
      rest = rest.getParent();
    }
    return List.copyOf(parts);
  }
}
