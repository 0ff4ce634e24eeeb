/** Who receives: catalog and emitted message in, owed deliveries out. Pure. */
@NullMarked
package dev.relay.route;

import org.jspecify.annotations.NullMarked;
