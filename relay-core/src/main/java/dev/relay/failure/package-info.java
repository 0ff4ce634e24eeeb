/**
 * What can go wrong, as stable codes that HTTP problem documents and exit codes are derived from.
 */
@NullMarked
package dev.relay.failure;

import org.jspecify.annotations.NullMarked;
