package dev.relay.definition;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Leads from a character of a scalar's text back to its place in the file, so that a problem inside
 * an expression points at the very word. Exact for block literals and for quoted or plain text on
 * one line; for text folded over several lines it answers with the start.
 */
final class ScalarSource {
  private final String[] lines;
  private final ScalarNode node;
  private final Place start;

  ScalarSource(String[] lines, ScalarNode node, Place start) {
    this.lines = lines;
    this.node = node;
    this.start = start;
  }

  Place at(int offset) {
    if (node.getScalarStyle() == ScalarStyle.LITERAL) {
      return inLiteral(offset);
    }
    boolean oneLine = node.getStartMark().getLine() == node.getEndMark().getLine();
    if (!oneLine || node.getScalarStyle() == ScalarStyle.FOLDED) {
      return start;
    }
    return new Place(start.line(), start.column() + inLine(offset));
  }

  /** In a literal each line of the text is a line of the file, behind a fixed indentation. */
  private Place inLiteral(int offset) {
    String text = node.getValue();
    String before = text.substring(0, Math.min(offset, text.length()));
    int line = start.line() + 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = before.length() - (before.lastIndexOf('\n') + 1);
    return new Place(line, indentation() + column + 1);
  }

  private int indentation() {
    String[] textLines = node.getValue().split("\n", -1);
    for (int i = 0; i < textLines.length; i++) {
      int line = start.line() + i;
      if (!textLines[i].isBlank() && line < lines.length) {
        return Math.max(0, lines[line].indexOf(textLines[i].stripTrailing()));
      }
    }
    return 0;
  }

  /** Steps over the opening quote and over what the text needs two characters for. */
  private int inLine(int offset) {
    ScalarStyle style = node.getScalarStyle();
    if (style == ScalarStyle.PLAIN) {
      return offset;
    }
    String line = start.line() <= lines.length ? lines[start.line() - 1] : "";
    char doubled = style == ScalarStyle.SINGLE_QUOTED ? '\'' : '\\';
    int at = start.column();
    for (int i = 0; i < offset; i++) {
      at += at < line.length() && line.charAt(at) == doubled ? 2 : 1;
    }
    return at - start.column() + 1;
  }
}
