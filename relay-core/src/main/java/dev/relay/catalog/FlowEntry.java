package dev.relay.catalog;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A flow as the catalog knows it. Immutable.
 *
 * @param name the flow's name
 * @param description what it is for, for people
 * @param definition the whole definition as JSON, the form of its file
 * @param steps the events it takes, in order
 */
public record FlowEntry(String name, String description, JsonNode definition, List<Step> steps) {
  public FlowEntry {
    steps = List.copyOf(steps);
  }

  /** An event of a flow, with what the step is about. */
  public record Step(String event, String description) {}
}
