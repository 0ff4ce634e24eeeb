package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Chooses the port to listen on, and remembers it so that a later start gets the same one. */
final class Ports {

  private final Path memory;

  Ports(Path memory) {
    this.memory = memory;
  }

  /**
   * A port that is free at this moment.
   *
   * @param wanted 0 for the remembered one where it is free, else any
   */
  int choose(int wanted) throws IOException {
    if (wanted != 0) {
      if (!free(wanted)) {
        throw taken(wanted);
      }
      return wanted;
    }
    int remembered = remembered();
    return remembered != 0 && free(remembered) ? remembered : any();
  }

  void remember(int port) throws IOException {
    Files.deleteIfExists(memory); // may be another user's
    Files.writeString(memory, port + "\n");
  }

  static EmbeddedPostgresException taken(int port) {
    return new EmbeddedPostgresException(
        Kind.PORT_TAKEN,
        "Port %d is in use by another program: stop that one, or choose another port (0 takes any free one)."
            .formatted(port));
  }

  private int remembered() throws IOException {
    try {
      int port = Integer.parseInt(Files.readString(memory).trim());
      return port > 0 && port < 65536 ? port : 0;
    } catch (NoSuchFileException | NumberFormatException e) {
      return 0;
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int any() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
