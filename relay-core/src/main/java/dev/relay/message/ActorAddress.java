package dev.relay.message;

/**
 * An actor instance: type and key, written {@code cart/user123}. Immutable.
 *
 * @param actor the actor's name, for example {@code cart}
 * @param key the instance's key, 1 to {@value #MAX_KEY_LENGTH} characters, any text without NUL
 */
public record ActorAddress(String actor, String key) implements Comparable<ActorAddress> {
  /** Longest key in characters: an index row of Postgres holds about 2,700 bytes, UTF-8 takes 4. */
  public static final int MAX_KEY_LENGTH = 512;

  public ActorAddress {
    if (actor.isEmpty()) {
      throw new IllegalArgumentException("an actor's name is not empty");
    }
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || key.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a key has 1 to " + MAX_KEY_LENGTH + " characters and no NUL, this has " + key.length());
    }
  }

  @Override
  public int compareTo(ActorAddress other) {
    int byActor = actor.compareTo(other.actor);
    return byActor != 0 ? byActor : key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return actor + "/" + key;
  }
}
