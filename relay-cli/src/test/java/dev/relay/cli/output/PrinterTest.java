package dev.relay.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class PrinterTest {
  private static final View TWO =
      new View() {
        @Override
        public @Nullable Object tree() {
          return JsonText.read(
              "[{\"name\":\"on\",\"price\":29.90},{\"name\":\"12:30:45\",\"price\":null}]");
        }

        @Override
        public List<String> names() {
          return List.of("on", "12:30:45");
        }

        @Override
        public String text(Style style) {
          Table table = new Table("NAME", "PRICE");
          table.row("on", "29.90");
          table.row("12:30:45", "");
          return table.render(style);
        }
      };

  @Test
  void a_table_is_as_wide_as_its_cells_and_ends_no_line_with_blanks() {
    assertThat(printed(Format.table)).isEqualTo("NAME      PRICE\non        29.90\n12:30:45\n");
  }

  @Test
  void jsonl_is_one_object_a_line_and_name_one_name_a_line() {
    assertThat(printed(Format.jsonl))
        .isEqualTo("{\"name\":\"on\",\"price\":29.90}\n{\"name\":\"12:30:45\",\"price\":null}\n");
    assertThat(printed(Format.name)).isEqualTo("on\n12:30:45\n");
  }

  @Test
  void json_and_yaml_say_the_same_in_any_reader() {
    assertThat(JsonText.read(printed(Format.json))).isEqualTo(TWO.tree());
    // a YAML 1.1 reader takes a bare on for true and a bare 12:30:45 for a number
    assertThat(new Yaml().<List<?>>load(printed(Format.yaml)).toString())
        .isEqualTo("[{name=on, price=29.9}, {name=12:30:45, price=null}]");
    assertThat(printed(Format.yaml)).contains("price: 29.90");
  }

  private static String printed(Format format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Printer(new PrintStream(out, true, StandardCharsets.UTF_8), format, Style.PLAIN).print(TWO);
    return out.toString(StandardCharsets.UTF_8);
  }
}
