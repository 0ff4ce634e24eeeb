/** Promises 2 to 9, by trying to break them: see ChaosIT. */
@NullMarked
package dev.relay.chaos;

import org.jspecify.annotations.NullMarked;
