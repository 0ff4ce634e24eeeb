package dev.relay.server.http;

import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;
import java.util.function.Consumer;

/**
 * One method on one path, and what it does. Immutable.
 *
 * @param method the HTTP method; a {@code GET} also answers {@code HEAD}
 * @param template the path, parameters in braces: {@code /api/actors/{actor}}
 * @param mediaTypes the content types it reads; empty where it reads no body
 * @param waits whether it may block, so that it leaves the I/O thread
 * @param vital whether it is answered by a full or stopping server too
 * @param action leads to one answer of the call, or throws
 */
public record Route(
    HttpString method,
    String template,
    List<String> mediaTypes,
    boolean waits,
    boolean vital,
    Consumer<Call> action) {

  public static Route get(String template, Consumer<Call> action) {
    return new Route(Methods.GET, template, List.of(), false, false, action);
  }

  public static Route post(String template, Consumer<Call> action) {
    return new Route(Methods.POST, template, List.of("application/json"), false, false, action);
  }

  /** The same, reading these content types. */
  public Route reading(String... types) {
    return new Route(method, template, List.of(types), waits, vital, action);
  }

  /** The same, reading any content type, or none: for callers who prove themselves otherwise. */
  public Route readingAll() {
    return reading(MediaTypes.ANY);
  }

  /** The same, off the I/O thread because it may block. */
  public Route waiting() {
    return new Route(method, template, mediaTypes, true, vital, action);
  }

  /** The same, answered by a full or stopping server too. */
  public Route always() {
    return new Route(method, template, mediaTypes, waits, true, action);
  }
}
