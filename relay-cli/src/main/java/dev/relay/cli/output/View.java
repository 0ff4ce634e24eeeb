package dev.relay.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result that can be shown in every {@link Format}. */
public interface View {
  /** The result as maps, lists, texts, numbers, truth values and nulls: what programs read. */
  @Nullable Object tree();

  /** The names of the things shown, for {@code -o name}. */
  List<String> names();

  /** The result for people, each line ended. */
  String text(Style style);
}
