/** The process that the tests kill: one node, with its HTTP surface. */
@NullMarked
package dev.relay.chaos.node;

import org.jspecify.annotations.NullMarked;
