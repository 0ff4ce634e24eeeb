/** Where a value comes from: flag, environment, {@code .env}, {@code relay.yaml} or default. */
@NullMarked
package dev.relay.cli.config;

import org.jspecify.annotations.NullMarked;
