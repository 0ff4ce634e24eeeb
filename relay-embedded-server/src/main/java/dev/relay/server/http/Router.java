package dev.relay.server.http;

import dev.relay.server.problem.HttpFault;
import dev.relay.server.problem.ProblemException;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tree of all paths. Immutable once built, thread-safe. */
final class Router {
  private final Node root = new Node();
  private final Set<String> templates = new LinkedHashSet<>();

  Router(List<Route> routes) {
    for (Route route : routes) {
      add(route);
    }
  }

  /** A path that exists, with the text of its parameters in order. */
  record Place(Map<HttpString, Route> routes, List<String> parameters) {
    /** What answers this method here; {@code HEAD} is a {@code GET} whose body is left out. */
    @Nullable Route route(HttpString method) {
      return routes.get(method.equals(Methods.HEAD) ? Methods.GET : method);
    }

    /** The value of the header {@code Allow}. */
    String allowed() {
      Set<String> methods = new LinkedHashSet<>();
      routes.keySet().forEach(method -> methods.add(method.toString()));
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      methods.add("OPTIONS");
      return String.join(", ", methods);
    }
  }

  /**
   * Finds the place of a path as it came, still percent-coded.
   *
   * @throws ProblemException where there is none; it names the paths there are
   */
  Place find(String path) {
    List<String> parameters = new ArrayList<>(2);
    Node node = root;
    int start = 1;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      Node next = node.next(path.substring(start, end), parameters);
      if (next == null) {
        throw noSuchPath(path);
      }
      node = next;
      start = end + 1;
    }
    if (node.routes.isEmpty()) {
      throw noSuchPath(path);
    }
    return new Place(node.routes, parameters);
  }

  private ProblemException noSuchPath(String path) {
    return HttpFault.NO_SUCH_PATH.because(
        "there is nothing at " + path + "; the paths are " + String.join(", ", templates));
  }

  private void add(Route route) {
    templates.add(route.template());
    Node node = root;
    for (String segment : route.template().split("/", -1)) {
      if (!segment.isEmpty()) {
        node = node.grow(segment);
      }
    }
    if (node.routes.put(route.method(), route) != null) {
      throw new IllegalStateException("two routes for " + route.method() + " " + route.template());
    }
  }

  /** One segment of the tree. */
  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<HttpString, Route> routes = new TreeMap<>();
    @Nullable Node parameter;

    @Nullable Node next(String segment, List<String> parameters) {
      Node literal = literals.get(segment);
      if (literal != null) {
        return literal;
      }
      if (parameter != null && !segment.isEmpty()) {
        parameters.add(PercentCoding.decode(segment, false));
      }
      return segment.isEmpty() ? null : parameter;
    }

    Node grow(String segment) {
      if (!segment.startsWith("{")) {
        return literals.computeIfAbsent(segment, name -> new Node());
      }
      Node existing = parameter;
      if (existing == null) {
        existing = new Node();
        parameter = existing;
      }
      return existing;
    }
  }
}
