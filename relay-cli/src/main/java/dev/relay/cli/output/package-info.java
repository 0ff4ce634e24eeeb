/** Prints results: tables for people, JSON and YAML for programs. */
@NullMarked
package dev.relay.cli.output;

import org.jspecify.annotations.NullMarked;
