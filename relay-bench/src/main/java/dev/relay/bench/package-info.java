/**
 * The benchmark: Relay and its yardsticks on one machine, in one run, against one PostgreSQL.
 *
 * <p>{@link dev.relay.bench.Bench} reads the command line and drives; every contestant and the load
 * generator run in processes of their own (package {@code process}), so that heaps and processor
 * time can be told apart.
 */
@NullMarked
package dev.relay.bench;

import org.jspecify.annotations.NullMarked;
