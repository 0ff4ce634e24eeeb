package dev.relay.postgres;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of the database's schema. Immutable.
 *
 * @param version its number; steps are applied in this order
 * @param description what it brings, in a word or two
 * @param state whether the database has it
 * @param installedAt when it was applied, for one that is
 */
public record Migration(
    int version, String description, State state, @Nullable Instant installedAt) {
  /** Whether the database has a migration. */
  public enum State {
    APPLIED,
    PENDING,
    /** Applied by a newer Relay than this one. */
    UNKNOWN
  }

  /** When the migration was applied, where it was. */
  public Optional<Instant> installedOn() {
    return Optional.ofNullable(installedAt);
  }
}
