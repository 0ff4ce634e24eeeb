package dev.relay.actor;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that makes a state of one version out of a state of the version before, where
 * that needs more than an expression in {@code migrations:}. It takes the older state ({@code
 * JsonNode} or a Jackson-mapped type of its own) and returns the newer. The same state gives the
 * same result each time, as it is run whenever an instance of the older version is loaded.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Migrates {
  /** The version it makes, 2 or more. */
  int value();
}
