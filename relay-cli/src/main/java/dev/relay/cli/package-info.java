@NullMarked
package dev.relay.cli;

import org.jspecify.annotations.NullMarked;
