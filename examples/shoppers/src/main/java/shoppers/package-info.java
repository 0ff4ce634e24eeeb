/**
 * Two verbs for the example shop, through its HTTP surface alone: {@code relay seed} fills it,
 * {@code relay simulate} plays its customers and compares what the shop says with what it was told.
 */
@NullMarked
package shoppers;

import org.jspecify.annotations.NullMarked;
