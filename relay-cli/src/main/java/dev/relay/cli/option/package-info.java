/** Flags that several verbs share, as mixins. */
@NullMarked
package dev.relay.cli.option;

import org.jspecify.annotations.NullMarked;
