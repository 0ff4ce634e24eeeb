package dev.relay.server.http;

import java.util.List;

/** A resource: it knows its own paths. */
@FunctionalInterface
public interface Endpoint {
  List<Route> routes();
}
