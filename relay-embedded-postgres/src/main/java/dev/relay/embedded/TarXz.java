package dev.relay.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks a {@code .tar.xz} into a folder: files, folders, links, and who may execute. */
final class TarXz {

  private TarXz() {}

  /**
   * Unpacks everything.
   *
   * @param archive is read to its end and left open
   * @param target an existing folder
   * @throws IOException also when an entry would land, or link, outside of {@code target}
   */
  static void unpack(InputStream archive, Path target) throws IOException {
    Path root = target.toRealPath();
    TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)));
    TarArchiveEntry entry;
    while ((entry = tar.getNextEntry()) != null) {
      write(entry, tar, root);
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path root)
      throws IOException {
    Path path = inside(root, root.resolve(entry.getName()), entry);
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Path folder = path.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
      // a link unpacked earlier could have turned the folder into a way out
      inside(root, folder.toRealPath(), entry);
    }
    if (entry.isSymbolicLink()) {
      inside(root, path.resolveSibling(entry.getLinkName()), entry);
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.copy(inside(root, root.resolve(entry.getLinkName()), entry), path);
    } else if (entry.isFile()) {
      Files.copy(content, path);
      permit(path, (entry.getMode() & 0111) != 0);
    }
  }

  private static Path inside(Path root, Path path, TarArchiveEntry entry) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(root)) {
      throw new IOException("the archive's entry " + entry.getName() + " leaves its folder");
    }
    return normal;
  }

  private static void permit(Path file, boolean executable) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (posix != null) {
      // readable by all: root may have to run the programs as another user
      posix.setPermissions(PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
