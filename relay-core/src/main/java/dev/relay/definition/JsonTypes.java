package dev.relay.definition;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What unquoted text means: JSON's types and nothing else. YAML 1.1 would read {@code on} and
 * {@code no} as booleans (as keys too), {@code 12:30:45} as a number and {@code 2026-01-01} as a
 * date; here they are text.
 */
final class JsonTypes extends Resolver {
  private static final Pattern BOOLEAN = Pattern.compile("true|false");
  private static final Pattern NOTHING = Pattern.compile("null|~|");
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");
  private static final Pattern MERGED = Pattern.compile("<<");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, BOOLEAN, "tf");
    addImplicitResolver(Tag.NULL, NOTHING, "n~\0");
    addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null);
    addImplicitResolver(Tag.INT, WHOLE, "-0123456789");
    addImplicitResolver(Tag.FLOAT, DECIMAL, "-0123456789");
    addImplicitResolver(Tag.MERGE, MERGED, "<");
  }
}
