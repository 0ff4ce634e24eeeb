/** Exit codes, and the one place that turns a failure into text and a code. */
@NullMarked
package dev.relay.cli.failure;

import org.jspecify.annotations.NullMarked;
