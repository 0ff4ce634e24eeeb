/** The simplest carrier: straight into the mailboxes of the same process. */
@NullMarked
package dev.relay.transport.inprocess;

import org.jspecify.annotations.NullMarked;
