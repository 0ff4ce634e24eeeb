package dev.relay.embedded;

import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An embedded PostgreSQL that could not be started. The message is one sentence for a person, with
 * the way out; the {@link #kind()} is for programs and stays stable.
 */
public final class EmbeddedPostgresException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** What stands in the way. Names are stable; new ones may be added. */
  public enum Kind {
    /** Another process (or another part of this one) runs a server on the same folder. */
    LOCKED,
    /** The disk of the data or of the unpacked programs is full. */
    NO_SPACE,
    /** A folder can't be read or written by this user, or the programs there can't be run. */
    NO_PERMISSION,
    /** No PostgreSQL for this operating system and processor is on the class path. */
    PLATFORM_UNSUPPORTED,
    /** The data was written by another major version of PostgreSQL. */
    VERSION_MISMATCH,
    /** This process is root, and no way was found to run PostgreSQL as somebody else. */
    ROOT_NOT_ALLOWED,
    /** The port that was asked for is in use. */
    PORT_TAKEN,
    /** The folder holds something that isn't data of this server: another user's, or damaged. */
    DATA_UNUSABLE,
    /** PostgreSQL itself refused to start; the message quotes its last word. */
    START_FAILED
  }

  private final Kind kind;

  EmbeddedPostgresException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  EmbeddedPostgresException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** What stands in the way. */
  public Kind kind() {
    return kind;
  }

  static EmbeddedPostgresException locked(Path folder, String holder) {
    return new EmbeddedPostgresException(
        Kind.LOCKED,
        "The database in %s is in use by %s: stop that first, or choose another folder."
            .formatted(folder, holder));
  }

  static EmbeddedPostgresException noSpace(Path where, @Nullable Throwable cause) {
    long free = FreeSpace.mebibytes(where);
    return new EmbeddedPostgresException(
        Kind.NO_SPACE,
        "The disk of %s is full (%d MB are free, a fresh PostgreSQL takes %d MB): free some space, or choose a folder on another disk."
            .formatted(where, free, FreeSpace.DATA_MEBIBYTES + FreeSpace.PROGRAMS_MEBIBYTES),
        cause);
  }

  static EmbeddedPostgresException noPermission(Path where, @Nullable Throwable cause) {
    return new EmbeddedPostgresException(
        Kind.NO_PERMISSION,
        "%s can't be used by %s: give that user read and write access to it, or choose another folder."
            .formatted(where, System.getProperty("user.name")),
        cause);
  }
}
