package dev.relay.transport;

import java.util.List;

/**
 * What was done to mend a carrier. Immutable.
 *
 * @param changed whether anything was missing, or thrown away first
 * @param done a line for people for each thing that was looked at
 * @param warnings a line for each thing that isn't as it should be and can't be mended from here
 */
public record Rebuilt(boolean changed, List<String> done, List<String> warnings) {
  public Rebuilt {
    done = List.copyOf(done);
    warnings = List.copyOf(warnings);
  }
}
