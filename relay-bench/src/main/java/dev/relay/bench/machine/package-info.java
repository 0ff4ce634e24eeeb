/** What the machine tells: its facts, and where the processor time of a phase went. */
@NullMarked
package dev.relay.bench.machine;

import org.jspecify.annotations.NullMarked;
