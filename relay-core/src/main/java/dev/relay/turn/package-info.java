/** One message against one state gives effects. Pure: no input or output, no clock of its own. */
@NullMarked
package dev.relay.turn;

import org.jspecify.annotations.NullMarked;
