/** The child processes of a run, and the line of JSON in which driver and child talk. */
@NullMarked
package dev.relay.bench.process;

import org.jspecify.annotations.NullMarked;
