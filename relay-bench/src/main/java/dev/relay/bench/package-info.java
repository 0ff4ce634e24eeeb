@NullMarked
package dev.relay.bench;

import org.jspecify.annotations.NullMarked;
