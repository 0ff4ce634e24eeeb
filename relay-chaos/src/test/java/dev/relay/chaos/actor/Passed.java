package dev.relay.chaos.actor;

import java.util.ArrayList;
import java.util.List;

/**
 * A gate's state.
 *
 * @param ids what passed, in order
 */
public record Passed(List<String> ids) {
  static final Passed NOTHING = new Passed(List.of());

  Passed with(String id) {
    List<String> all = new ArrayList<>(ids);
    all.add(id);
    return new Passed(all);
  }
}
