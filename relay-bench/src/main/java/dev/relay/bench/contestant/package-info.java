/** What is measured: the yardsticks and Relay, each behind the same small interface. */
@NullMarked
package dev.relay.bench.contestant;

import org.jspecify.annotations.NullMarked;
