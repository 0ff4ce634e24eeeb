/** Finding instances by what they remember: indexes, conditions, and which index answers what. */
@NullMarked
package dev.relay.find;

import org.jspecify.annotations.NullMarked;
