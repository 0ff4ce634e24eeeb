/**
 * Tests of actors without database, threads or clock: {@link dev.relay.testkit.TestActor} gives an
 * actor a state and a message, {@link dev.relay.testkit.TestTurn} is what comes of it.
 */
@NullMarked
package dev.relay.testkit;

import org.jspecify.annotations.NullMarked;
