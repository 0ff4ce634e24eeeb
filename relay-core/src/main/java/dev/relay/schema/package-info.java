/**
 * JSON Schema in, verdicts with JSON Pointers out. The only place that knows the validator library.
 * Of Relay it imports {@code message} alone.
 */
@NullMarked
package dev.relay.schema;

import org.jspecify.annotations.NullMarked;
