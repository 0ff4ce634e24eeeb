package dev.relay.schema;

import tools.jackson.databind.JsonNode;

/** A compiled JSON Schema (draft 2020-12). Thread-safe; compiled once per schema version. */
@FunctionalInterface
public interface DocumentSchema {
  /** Checks a document and reports all of its violations, formats asserted. */
  Verdict check(JsonNode document);
}
