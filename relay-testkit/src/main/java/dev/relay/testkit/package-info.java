@NullMarked
package dev.relay.testkit;

import org.jspecify.annotations.NullMarked;
