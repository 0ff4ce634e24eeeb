/** What the log looks like: short lines on stderr, quiet unless asked. */
@NullMarked
package dev.relay.cli.logging;

import org.jspecify.annotations.NullMarked;
