/**
 * The engine: a mailbox per key, group commit, admission, sweeping. Small classes with one loop
 * each.
 */
@NullMarked
package dev.relay.node;

import org.jspecify.annotations.NullMarked;
