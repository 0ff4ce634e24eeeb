package dev.relay.definition.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import org.jspecify.annotations.Nullable;

/** One compiled expression. Thread-safe: each evaluation has a frame of its own. */
final class Expression {
  private static final int SHOWN = 80;

  private final String place;
  private final String text;
  private final Jsonata compiled;

  /**
   * @param place where it stands, for messages: {@code do.state} for example
   * @param text checked before by {@link ExpressionCheck}
   */
  Expression(String place, String text) {
    this.place = place;
    this.text = text;
    this.compiled = Jsonata.jsonata(text);
    // our own conversion has done both
    compiled.setValidateInput(false);
    compiled.setOutputConvertNulls(false);
    SafeFunctions.into(compiled);
  }

  String text() {
    return text;
  }

  /** A frame that counts the work of everything evaluated in it. */
  static Frame metered() {
    Frame frame = new Frame(null);
    Meter meter = new Meter();
    frame.setEvaluateEntryCallback(meter);
    frame.setEvaluateExitCallback(meter);
    return frame;
  }

  /**
   * The result in the language's own terms; null where there is none.
   *
   * @throws ExpressionException naming place and expression
   */
  @Nullable Object evaluate(Object root, Frame frame) {
    try {
      return compiled.evaluate(root, frame);
    } catch (StackOverflowError deep) {
      throw failure("nested too deeply");
    } catch (RuntimeException | Error failed) {
      if (failed instanceof VirtualMachineError) {
        throw failed;
      }
      throw failure(reason(failed));
    }
  }

  /** An exception that tells where and in which expression. */
  ExpressionException failure(String reason) {
    String line = text.strip().replaceAll("\\s+", " ");
    String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    return new ExpressionException(place + ": " + reason + "; in: " + shown);
  }

  private static String reason(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof JException known) {
        boolean code = known.getError() != null && known.getError().matches("[A-Z][0-9]{4}");
        return String.valueOf(code ? known.getMessage() : known.getError());
      }
    }
    return "can't be evaluated (" + failed.getMessage() + ")";
  }
}
