/** The verbs that stand alone: one class a verb, with its options, its call and its print. */
@NullMarked
package dev.relay.cli.command;

import org.jspecify.annotations.NullMarked;
