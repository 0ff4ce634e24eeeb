package dev.relay.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The words that a verb takes, in the order of its help page. Not thread-safe.
 *
 * <p>They are declared by calls and not by picocli's annotations: reading those makes a proxy class
 * for each kind of annotation, which no class archive can hold, and doubles the time that a short
 * verb takes (docs/cli.md has the figures).
 */
public final class Arguments {
  /**
   * Makes the lists that picocli fills. Its own factory looks for Groovy first, and a class that
   * isn't there is looked for in every jar: 30 ms.
   */
  public static final IFactory FACTORY =
      new IFactory() {
        @Override
        public <K> K create(Class<K> type) throws Exception {
          return type == List.class
              ? type.cast(new ArrayList<>())
              : type.getDeclaredConstructor().newInstance();
        }
      };

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(null, FACTORY);
  private int positions;

  /** What picocli parses by. */
  public CommandSpec spec() {
    return spec;
  }

  /** Real command lines for the help page. */
  public void examples(String... lines) {
    String[] indented = new String[lines.length];
    for (int i = 0; i < lines.length; i++) {
      indented[i] = "  " + lines[i];
    }
    spec.usageMessage().footer(indented);
  }

  /** A word that must be there. */
  public Word<String> required(String label, String description) {
    return positional(label, description, "1", String.class);
  }

  /** As {@link #required(String, String)}, one of the names of an enum. */
  public <T> Word<T> required(String label, Class<T> type, String description) {
    return positional(label, description, "1", type);
  }

  /** A word that may be there. */
  public Word<String> optional(String label, String description) {
    return positional(label, description, "0..1", String.class);
  }

  /** Any number of words. */
  public Word<List<String>> rest(String label, String description) {
    PositionalParamSpec word =
        PositionalParamSpec.builder()
            .index(positions++ + "..*")
            .arity("0..*")
            .paramLabel(label)
            .description(description)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build();
    return add(word);
  }

  /** {@code --name LABEL}. Several names are separated by commas, the short one first. */
  public Word<String> option(String names, String label, String description) {
    return option(names, label, String.class, description);
  }

  /** As {@link #option(String, String, String)}, of a type that picocli knows, or an enum. */
  public <T> Word<T> option(String names, String label, Class<T> type, String description) {
    return add(builder(names, label, description).type(type).build());
  }

  /** As {@link #option(String, String, String)}, read by a converter. */
  public <T> Word<T> option(
      String names, String label, ITypeConverter<T> converter, String description) {
    return add(builder(names, label, description).converters(converter).type(Object.class).build());
  }

  /** {@code --name LABEL}, any number of times. */
  public Word<List<String>> options(String names, String label, String description) {
    return add(
        builder(names, label, description)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .build());
  }

  /** {@code --name}, said or not. */
  public Word<Boolean> flag(String names, String description) {
    OptionSpec option =
        OptionSpec.builder(names.split(","))
            .description(description)
            .type(Boolean.class)
            .arity("0")
            .build();
    return add(option);
  }

  /** {@code -h, --help}: the last line of every page. */
  public void help() {
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("this page").build());
  }

  private static OptionSpec.Builder builder(String names, String label, String description) {
    return OptionSpec.builder(names.split(",")).paramLabel(label).description(description);
  }

  private <T> Word<T> positional(String label, String description, String arity, Class<?> type) {
    PositionalParamSpec word =
        PositionalParamSpec.builder()
            .index(String.valueOf(positions++))
            .arity(arity)
            .required(arity.equals("1"))
            .paramLabel(label)
            .description(description)
            .type(type)
            .build();
    return add(word);
  }

  private <T> Word<T> add(ArgSpec word) {
    if (word instanceof OptionSpec option) {
      spec.addOption(option);
    } else {
      spec.addPositional((PositionalParamSpec) word);
    }
    return new Word<>(word);
  }
}
