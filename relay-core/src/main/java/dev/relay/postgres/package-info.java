/** A leaf: the SQL behind catalog and store, and the migrations. */
@NullMarked
package dev.relay.postgres;

import org.jspecify.annotations.NullMarked;
