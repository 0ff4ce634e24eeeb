/** What must be true after a run, and what is. */
@NullMarked
package dev.relay.chaos.oracle;

import org.jspecify.annotations.NullMarked;
