/** Results of several rounds made into one table, with medians, ratios and verdicts. */
@NullMarked
package dev.relay.bench.report;

import org.jspecify.annotations.NullMarked;
