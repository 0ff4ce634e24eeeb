package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom PostgreSQL's programs run as. PostgreSQL refuses to be root, so root hands it to somebody
 * else: the owner of the data where that isn't root; else a nobody in a user namespace, whose files
 * still belong to root outside; else the real user nobody.
 *
 * @param prefix what goes before a program on the command line; empty for a normal user
 * @param owner who must own the data; null where that comes by itself
 */
record Account(List<String> prefix, @Nullable Owner owner) {

  /** A user and a group, by number. */
  record Owner(int uid, int gid) {}

  private static final Account OURSELVES = new Account(List.of(), null);
  private static final Account NAMESPACE = new Account(List.of("unshare", "-U", "--"), null);

  /** The numbers of the user and the group nobody on Debian, Fedora and Alpine. */
  private static final Owner NOBODY = new Owner(65534, 65534);

  /**
   * @param folder an existing folder that the data is, or will be, in
   * @param data the data, which need not exist yet
   */
  static Account choose(Path folder, Path data) throws IOException {
    if (!isRoot()) {
      // initdb wants a name for its user; a container may run us under a number that has none
      boolean nameless = "?".equals(System.getProperty("user.name"));
      return nameless && NAMESPACE.enters(folder) ? NAMESPACE : OURSELVES;
    }
    return candidates(data).stream()
        .filter(account -> account.enters(folder))
        .findFirst()
        .orElseThrow(() -> unreachable(folder));
  }

  private static List<Account> candidates(Path data) throws IOException {
    if (Files.exists(data) && number(data, "unix:uid") != 0) {
      Owner owner = new Owner(number(data, "unix:uid"), number(data, "unix:gid"));
      return List.of(switchedTo(owner), passingAs(owner));
    }
    return List.of(NAMESPACE, switchedTo(NOBODY), passingAs(NOBODY));
  }

  static EmbeddedPostgresException unreachable(Path folder) {
    return new EmbeddedPostgresException(
        Kind.ROOT_NOT_ALLOWED,
        "PostgreSQL refuses to run as root, and neither \"unshare -U\" nor \"setpriv\" gets it into %s as somebody else: run as a normal user, or choose a folder that every user may enter."
            .formatted(folder));
  }

  /** The program and its arguments, run as this account. */
  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** Whether this account exists here, and gets into a folder. */
  boolean enters(Path folder) {
    return tests("-e", folder + "/.");
  }

  /**
   * Whether this account may run what is in a folder. PostgreSQL asks as {@code test -x} does,
   * which leaves privileges out of account.
   */
  boolean executesIn(Path folder) {
    return tests("-x", folder.toString());
  }

  private boolean tests(String option, String path) {
    try {
      return prefix.isEmpty() || Command.succeeds(command(List.of("test", option, path)));
    } catch (IOException e) {
      return false; // the program that switches isn't installed
    }
  }

  /** Gives a file, or a folder without what is in it, to this account. */
  void own(Path path) throws IOException {
    if (owner != null) {
      Files.setAttribute(path, "unix:uid", owner.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", owner.gid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * Gives data that root made in a namespace, where those are no longer allowed, to this account.
   */
  void adopt(Path data) throws IOException {
    if (owner == null || number(data, "unix:uid") == owner.uid()) {
      return;
    }
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            own(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            own(folder); // the data folder last: it tells whether all is done
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Account switchedTo(Owner owner) {
    return setpriv(owner, List.of());
  }

  /**
   * Somebody else who may still pass where only root may, as below {@code /root} of a container.
   * One privilege of root's is kept for that; in a namespace it would be all of root's files.
   */
  private static Account passingAs(Owner owner) {
    return setpriv(owner, List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
  }

  private static Account setpriv(Owner owner, List<String> more) {
    List<String> prefix = new ArrayList<>(List.of("setpriv", "--clear-groups"));
    prefix.add("--reuid=" + owner.uid());
    prefix.add("--regid=" + owner.gid());
    prefix.addAll(more);
    prefix.add("--");
    return new Account(prefix, owner);
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        ? number(self, "unix:uid") == 0
        : "root".equals(System.getProperty("user.name"));
  }

  private static int number(Path path, String attribute) throws IOException {
    return (Integer) Files.getAttribute(path, attribute);
  }
}
