@NullMarked
package dev.relay;

import org.jspecify.annotations.NullMarked;
