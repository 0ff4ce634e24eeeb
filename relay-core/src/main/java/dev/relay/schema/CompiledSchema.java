package dev.relay.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.ValidationLimitExceededException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks twice: first only whether the document is valid, stopping at the first violation, since
 * nearly all are; then, for the others, everything that is wrong. Thread-safe.
 */
final class CompiledSchema implements DocumentSchema {
  /**
   * Schemas applied inside one another on one value's way; a recursive schema uses a few a level.
   */
  private static final int MAX_DEPTH = 1_000;

  /** Keyword checks for one document: chosen, some seconds; an event of five fields needs 25. */
  private static final long MAX_STEPS = 2_000_000;

  private final Schema schema;
  private final SchemaMap map;
  private final @Nullable QuickAcceptance quick;
  private final Errors first;
  private final Errors all;

  /**
   * @param quick says yes to most valid documents before the library is asked; absent where the
   *     schema is beyond it
   */
  CompiledSchema(Schema schema, SchemaMap map, @Nullable QuickAcceptance quick) {
    this.schema = schema;
    this.map = map;
    this.quick = quick;
    // without references the work is bounded by schema times document, and counting costs a tenth
    boolean limited = !map.references().isEmpty();
    this.first = errors(limited, true);
    this.all = errors(limited, false);
  }

  @Override
  public Verdict check(JsonNode document) {
    if (quick != null && quick.accepts(document)) {
      return Verdict.ACCEPTED;
    }
    try {
      if (schema.validate(document, first).isEmpty()) {
        return Verdict.ACCEPTED;
      }
      List<Error> errors = List.copyOf(schema.validate(document, all));
      return errors.isEmpty()
          ? Verdict.ACCEPTED
          : new Verdict.Refused(Explanation.of(errors, map, document));
    } catch (PatternTooCostlyException tooCostly) {
      return refused("", "pattern", String.valueOf(tooCostly.getMessage()));
    } catch (ValidationLimitExceededException beyond) {
      String place = Pointers.of(Finding.parts(beyond.getInstanceLocation()));
      return refused(place, "$ref", "needs more checks than are allowed (" + limits() + ")");
    }
  }

  private static Verdict refused(String pointer, String keyword, String message) {
    return new Verdict.Refused(List.of(new Violation(pointer, keyword, message)));
  }

  private static String limits() {
    return MAX_STEPS + " steps, " + MAX_DEPTH + " schemas deep); make the schema less recursive";
  }

  private static Errors errors(boolean limited, boolean failFast) {
    ExecutionConfig.Builder config =
        ExecutionConfig.builder().formatAssertionsEnabled(true).failFast(failFast);
    if (limited) {
      config.maxEvaluationDepth(MAX_DEPTH).maxEvaluationSteps(MAX_STEPS);
    }
    return new Errors(config.build());
  }

  /** The library's own output formats copy the configuration for each document. */
  private record Errors(ExecutionConfig config) implements OutputFormat<Collection<Error>> {
    @Override
    public void customize(ExecutionContext execution, SchemaContext context) {
      execution.setExecutionConfig(config);
      execution.setFailFast(config.isFailFast());
    }

    @Override
    public Collection<Error> format(
        Schema schema, ExecutionContext execution, SchemaContext context) {
      return execution.getErrors();
    }
  }
}
