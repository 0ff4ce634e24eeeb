@NullMarked
package dev.relay.server;

import org.jspecify.annotations.NullMarked;
