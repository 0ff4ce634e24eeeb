@NullMarked
package dev.relay.embedded;

import org.jspecify.annotations.NullMarked;
