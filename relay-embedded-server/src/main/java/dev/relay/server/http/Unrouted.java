package dev.relay.server.http;

import dev.relay.server.problem.HttpFault;
import dev.relay.server.problem.Problem;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;

/** What a path answers to a method it has no route for. */
final class Unrouted {
  private Unrouted() {}

  static Answer answer(HttpString method, String path, String allowed) {
    if (method.equals(Methods.OPTIONS)) {
      return Answer.empty(204).with(Headers.ALLOW, allowed);
    }
    Problem problem =
        Problem.of(
            HttpFault.METHOD_NOT_ALLOWED.type(),
            method + " isn't answered at " + path + "; answered are " + allowed);
    return Answer.problem(problem, path).with(Headers.ALLOW, allowed);
  }
}
