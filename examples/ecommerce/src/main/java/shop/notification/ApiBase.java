package shop.notification;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where a provider is, if not at its own address: a stub, or a proxy. Immutable.
 *
 * @param host a name or an address
 * @param port that of the scheme where none was given
 */
record ApiBase(String scheme, String host, int port) {
  /**
   * The address that a variable names, without a path.
   *
   * @throws IllegalArgumentException where it isn't one
   */
  static Optional<ApiBase> of(Map<String, String> environment, String variable) {
    String text = environment.getOrDefault(variable, "");
    return text.isEmpty() ? Optional.empty() : Optional.of(parsed(variable, text));
  }

  private static ApiBase parsed(String variable, String text) {
    URI uri = URI.create(text);
    String scheme = uri.getScheme();
    String host = uri.getHost();
    boolean known = "http".equals(scheme) || "https".equals(scheme);
    if (!known || scheme == null || host == null || uri.getPath().length() > 1) {
      throw new IllegalArgumentException(
          variable + " is \"" + text + "\", must be like http://localhost:8080, without a path");
    }
    int usual = scheme.equals("https") ? 443 : 80;
    return new ApiBase(scheme, host, uri.getPort() < 0 ? usual : uri.getPort());
  }

  boolean isPlain() {
    return scheme.equals("http");
  }
}
