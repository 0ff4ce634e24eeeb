package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Whom PostgreSQL's programs run as. PostgreSQL refuses to be root, so root hands it to somebody
 * else: the owner of the data where that isn't root; else nobody in a user namespace, for whom
 * files still belong to root outside; else the real user nobody.
 *
 * @param prefix what goes before a program on the command line; empty for a normal user
 * @param owner the user id that must own the data; empty where that comes by itself
 */
record Account(List<String> prefix, OptionalInt owner) {

  private static final Account OURSELVES = new Account(List.of(), OptionalInt.empty());

  /** The number of user and group nobody on every Linux we know of. */
  private static final int NOBODY = 65534;

  /**
   * @param folder an existing folder that the data is, or will be, in
   * @param data the data, which need not exist yet
   */
  static Account choose(Path folder, Path data) throws IOException {
    if (!isRoot()) {
      return OURSELVES;
    }
    int owner = Files.exists(data) ? uid(data) : 0;
    if (owner != 0) {
      return switchedTo(owner);
    }
    Account namespace = new Account(List.of("unshare", "-U", "--"), OptionalInt.empty());
    if (namespace.reaches(folder)) {
      return namespace;
    }
    Account nobody = switchedTo(NOBODY);
    if (nobody.reaches(folder)) {
      return nobody;
    }
    throw new EmbeddedPostgresException(
        Kind.ROOT_NOT_ALLOWED,
        "PostgreSQL refuses to run as root, and here neither \"unshare -U\" nor \"setpriv\" gets it into %s: run as a normal user, or choose a folder that every user may enter."
            .formatted(folder));
  }

  /** The program and its arguments, run as this account. */
  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** Gives a file or an empty folder to this account. */
  void own(Path path) throws IOException {
    if (owner.isPresent()) {
      Files.setAttribute(path, "unix:uid", owner.getAsInt(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  private boolean reaches(Path folder) {
    try {
      return Command.run(command(List.of("test", "-x", folder.toString())), Duration.ofSeconds(10))
          .succeeded();
    } catch (IOException e) {
      return false; // the program isn't installed
    }
  }

  private static Account switchedTo(int uid) {
    List<String> prefix =
        List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--");
    return new Account(prefix, OptionalInt.of(uid));
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) ? uid(self) == 0 : "root".equals(System.getProperty("user.name"));
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }
}
