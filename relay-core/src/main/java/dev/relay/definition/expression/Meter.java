package dev.relay.definition.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Parser.Symbol;
import java.util.Collection;
import java.util.Map;

/**
 * Counts the work of one evaluation and stops it at a bound. The same bound on every machine and on
 * every replay, which a clock could not give. Used by one thread, for one evaluation.
 */
final class Meter implements Jsonata.EntryCallback, Jsonata.ExitCallback {
  /** Work allowed: the transition of a cart with five lines takes about 150. */
  static final int MAX_WORK = 200_000;

  /** Nested steps allowed; measured to fit into a stack of 512 KB, several times over. */
  static final int MAX_DEPTH = 300;

  /** Elements of one list or map: a range is looked at here before it takes any memory. */
  static final int MAX_ELEMENTS = 10_000;

  /** Characters of one text. */
  static final int MAX_TEXT = 262_144;

  /** So many characters or elements held by a step's result count as one more step. */
  private static final int SIZE_OF_A_STEP = 64;

  private int work;
  private int depth;

  @Override
  public void callback(Symbol expression, Object input, Frame environment) {
    if (++depth > MAX_DEPTH) {
      throw exceeded("more than " + MAX_DEPTH + " nested steps; does a function call itself?");
    }
    work(1);
  }

  @Override
  public void callback(Symbol expression, Object input, Frame environment, Object result) {
    depth--;
    if (result instanceof String text) {
      text(text.length());
    } else if (result instanceof Collection<?> list) {
      elements(list.size());
    } else if (result instanceof Map<?, ?> map) {
      elements(map.size());
    }
  }

  private void text(int length) {
    if (length > MAX_TEXT) {
      throw exceeded("a text of more than " + MAX_TEXT + " characters");
    }
    work(length / SIZE_OF_A_STEP);
  }

  private void elements(int size) {
    if (size > MAX_ELEMENTS) {
      throw exceeded("a list of " + size + " elements; at most " + MAX_ELEMENTS);
    }
    work(size / SIZE_OF_A_STEP);
  }

  private void work(int more) {
    work += more;
    if (work > MAX_WORK) {
      throw exceeded("more than " + MAX_WORK + " steps; does it end?");
    }
  }

  /** An exception of the library's own kind: the only one it lets through unchanged. */
  private static JException exceeded(String bound) {
    return new JException(bound, -1);
  }
}
