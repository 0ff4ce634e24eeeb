package dev.relay.schema;

import dev.relay.message.JsonLimits;
import tools.jackson.databind.JsonNode;

/**
 * Whether a tree that no reader has checked, such as the state, reply or payload a handler made, is
 * within the limits and can be stored as {@code jsonb}: the rules of {@link
 * dev.relay.message.BoundedJsonReader}, in one walk. Check this before any schema, since exact
 * arithmetic with {@code 1e999999999} doesn't end. The size is that of the tree written without
 * white space, to within a few bytes a number or escape. Immutable, thread-safe.
 */
public final class StorableDocument implements DocumentSchema {
  /** The keyword of every violation told here; it isn't one of JSON Schema. */
  public static final String KEYWORD = "storable";

  private final JsonLimits limits;

  public StorableDocument(JsonLimits limits) {
    this.limits = limits;
  }

  @Override
  public Verdict check(JsonNode document) {
    StorableWalk walk = new StorableWalk(limits);
    walk.over(document);
    return walk.violations().isEmpty() ? Verdict.ACCEPTED : new Verdict.Refused(walk.violations());
  }
}
