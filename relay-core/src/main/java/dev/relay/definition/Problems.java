package dev.relay.definition;

import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one file, so that everything is reported at once. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void add(Place place, String message) {
    add(place, message, null);
  }

  void add(Place place, String message, @Nullable String suggestion) {
    found.add(new Problem(file, place.line(), place.column(), message, suggestion));
  }

  /** A name that nobody knows, with the nearest one that somebody does. */
  void unknown(Place place, String message, String name, Collection<String> known) {
    add(place, message, Nearest.nearest(name, known).orElse(null));
  }

  List<Problem> found() {
    return List.copyOf(found);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }
}
