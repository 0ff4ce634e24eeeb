/**
 * The event catalog: event definitions, consumers, patterns and versions as an immutable snapshot,
 * and the port that loads and changes it.
 */
@NullMarked
package dev.relay.catalog;

import org.jspecify.annotations.NullMarked;
