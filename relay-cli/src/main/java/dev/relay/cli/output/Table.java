package dev.relay.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as their widest cell, two blanks apart. Not thread-safe. */
public final class Table {
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The table as text, headings first, each line ended. */
  public String render(Style style) {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    if (!headings.isEmpty()) {
      text.append(style.bold(line(headings, widths))).append('\n');
    }
    for (List<String> row : rows) {
      text.append(line(row, widths)).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    List<List<String>> all = new ArrayList<>(rows);
    all.add(headings);
    int[] widths = new int[0];
    for (List<String> row : all) {
      widths = java.util.Arrays.copyOf(widths, Math.max(widths.length, row.size()));
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(cells.get(i));
      if (i < cells.size() - 1) {
        line.append(" ".repeat(widths[i] - length(cells.get(i)) + 2));
      }
    }
    return line.toString().stripTrailing();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
