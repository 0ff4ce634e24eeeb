package dev.relay.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns a failed file operation into the sentence that helps. */
final class FileFailure {

  private FileFailure() {}

  static EmbeddedPostgresException of(IOException failure, Path where) {
    String text = String.valueOf(failure.getMessage());
    Path place = failure instanceof FileSystemException at ? place(at.getFile(), where) : where;
    if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
      return EmbeddedPostgresException.noSpace(place, failure);
    }
    if (failure instanceof AccessDeniedException
        || text.contains("Permission denied")
        || text.contains("Read-only file system")) {
      return EmbeddedPostgresException.noPermission(place, failure);
    }
    if (failure instanceof InterruptedIOException) {
      return new EmbeddedPostgresException(
          EmbeddedPostgresException.Kind.START_FAILED,
          "PostgreSQL in %s was interrupted while it started or stopped: start it again."
              .formatted(where),
          failure);
    }
    if (failure instanceof FileAlreadyExistsException) {
      text = place + " is a file";
    }
    return new EmbeddedPostgresException(
        EmbeddedPostgresException.Kind.START_FAILED,
        "%s can't be used as a database folder (%s): choose another folder.".formatted(where, text),
        failure);
  }

  private static Path place(@Nullable String file, Path otherwise) {
    return file == null ? otherwise : Path.of(file);
  }
}
