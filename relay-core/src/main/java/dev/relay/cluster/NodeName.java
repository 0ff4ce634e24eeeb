package dev.relay.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Locale;

/** Names a process so that people find it and no two starts share a name. */
public final class NodeName {
  /** Characters of the host that stay: the whole fits into a Postgres channel's 63 bytes. */
  private static final int HOST_LENGTH = 24;

  /** Letters and digits that are hard to confuse. */
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

  private static final int RANDOM_LENGTH = 6;

  private NodeName() {}

  /** A new name: host, process id, six random characters. */
  public static String mint() {
    SecureRandom random = new SecureRandom();
    StringBuilder name =
        new StringBuilder(host()).append('-').append(ProcessHandle.current().pid());
    name.append('-');
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }

  /** Host and process id, for people. */
  public static String place() {
    return host() + "/" + ProcessHandle.current().pid();
  }

  /** Whether a place is on this machine and its process is gone. */
  static boolean isOfDeadProcess(String place) {
    String here = host() + "/";
    if (!place.startsWith(here)) {
      return false;
    }
    try {
      return ProcessHandle.of(Long.parseLong(place.substring(here.length()))).isEmpty();
    } catch (NumberFormatException notAProcess) {
      return false;
    }
  }

  private static String host() {
    String given = System.getenv("HOSTNAME");
    String host = given == null || given.isBlank() ? askHost() : given;
    String plain = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    return plain.length() > HOST_LENGTH ? plain.substring(0, HOST_LENGTH) : plain;
  }

  private static String askHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "host";
    }
  }
}
