/** Business metrics: what is counted or summed, of events or of instances, and by which labels. */
@NullMarked
package dev.relay.metric;

import org.jspecify.annotations.NullMarked;
