package dev.relay.cli.output;

import java.io.PrintStream;
import java.util.List;

/** Prints a result in the format that was asked for. */
public record Printer(PrintStream out, Format format, Style style) {

  public void print(View view) {
    switch (format) {
      case table -> out.print(view.text(style));
      case json -> out.println(JsonText.pretty(view.tree()));
      case jsonl -> lines(view.tree());
      case yaml -> out.print(YamlText.write(view.tree()));
      case name -> names(view.names());
    }
  }

  private void lines(@org.jspecify.annotations.Nullable Object tree) {
    if (tree instanceof List<?> items) {
      for (Object item : items) {
        out.println(JsonText.line(item));
      }
    } else {
      out.println(JsonText.line(tree));
    }
  }

  private void names(List<String> names) {
    for (String name : names) {
      out.println(name);
    }
  }
}
