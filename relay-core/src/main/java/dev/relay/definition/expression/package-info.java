/**
 * The sandbox in which the expressions of a definition run: bounded steps, depth and result size,
 * no clock and no randomness of its own.
 */
@NullMarked
package dev.relay.definition.expression;

import org.jspecify.annotations.NullMarked;
