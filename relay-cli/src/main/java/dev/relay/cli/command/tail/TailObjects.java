package dev.relay.cli.command.tail;

import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.YamlText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For programs: one object a line, one document an object, or one id a line. */
record TailObjects(PrintStream out, Format format) implements TailSink {
  @Override
  public void event(long number, String position, JsonObject event) {
    if (format == Format.name) {
      out.println(event.text("id"));
      out.flush();
      return;
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("kind", "event");
    tree.put("position", position);
    tree.put("event", event.fields());
    print(tree);
  }

  @Override
  public void delivery(long number, JsonObject delivery) {
    if (format != Format.name) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("kind", "delivery");
      tree.putAll(delivery.fields());
      print(tree);
    }
  }

  @Override
  public boolean gone() {
    return out.checkError();
  }

  private void print(Map<String, @Nullable Object> tree) {
    if (format == Format.yaml) {
      out.print("---\n" + YamlText.write(tree));
    } else {
      out.println(JsonText.line(tree));
    }
    out.flush();
  }
}
