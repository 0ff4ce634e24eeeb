package dev.relay.actor;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that handles an event, or several. It takes the payload (a Jackson-mapped type
 * or {@code JsonNode}), or the {@link Turn}, or the payload and the turn, and returns the reply or
 * nothing.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Handles {
  /** The event's name, as the actor's definition declares it; or the names of several. */
  String[] value();

  /**
   * Whether the handler may wait, for another actor ({@link Turn#ask}) or an HTTP call. A waiting
   * handler runs on a thread of its own and holds back only its own key; others run in place and
   * must not wait.
   */
  boolean waits() default false;
}
