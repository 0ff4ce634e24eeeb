/**
 * From {@code actor.yaml} to a checked definition, with all problems at once, each with file, line
 * and column.
 */
@NullMarked
package dev.relay.definition;

import org.jspecify.annotations.NullMarked;
