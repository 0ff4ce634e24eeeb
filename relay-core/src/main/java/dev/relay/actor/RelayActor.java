package dev.relay.actor;

/**
 * The behaviour of an actor written in Java: one method for each event, marked with {@link
 * Handles}. One object serves all instances of the actor, from several threads, so it keeps no
 * state of its own: what an instance remembers is the state in its {@link Turn}.
 *
 * @param <S> the state: an immutable, Jackson-mapped type, as a rule a record
 */
public abstract class RelayActor<S> {
  /** For subclasses; the one who builds the actor may hand it what it needs. */
  protected RelayActor() {}
}
