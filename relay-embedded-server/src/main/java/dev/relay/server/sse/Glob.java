package dev.relay.server.sse;

/**
 * A name with {@code *} for any characters. Matches in linear steps for each star, unlike a regular
 * expression made from it. Immutable.
 */
record Glob(String pattern) {
  boolean wild() {
    return pattern.indexOf('*') >= 0;
  }

  boolean matches(String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
