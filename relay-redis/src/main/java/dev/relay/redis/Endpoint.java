package dev.relay.redis;

/**
 * A host and a port.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  public Endpoint {
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "an address is a host and a port from 1 to 65535, found " + host + ":" + port);
    }
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [IPv6]} or {@code [IPv6]:port}.
   *
   * @throws IllegalArgumentException where the text is none of these
   */
  public static Endpoint parse(String text, int defaultPort) {
    String trimmed = text.strip();
    int colon = trimmed.lastIndexOf(':');
    boolean port = colon > 0 && colon > trimmed.indexOf(']');
    String host = port ? trimmed.substring(0, colon) : trimmed;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int number = port ? Integer.parseInt(trimmed.substring(colon + 1)) : defaultPort;
      return new Endpoint(host, number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("an address is host:port, found: " + text, e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
