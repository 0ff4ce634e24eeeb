/**
 * JSON Schema in, verdicts with JSON Pointers out. The only place that knows the validator library.
 * Imports nothing else of Relay.
 */
@NullMarked
package dev.relay.schema;

import org.jspecify.annotations.NullMarked;
