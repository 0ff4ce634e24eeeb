package dev.relay.definition;

import java.util.HashMap;
import java.util.Map;

/** Where the parts of one definition are written, for checks of several definitions together. */
final class Places {
  private final Map<String, Place> places = new HashMap<>();

  /** Notes the place of a part, for example {@code handles/ADD_TO_CART}. */
  void put(String part, Place place) {
    places.put(part, place);
  }

  void putIfAbsent(String part, Place place) {
    places.putIfAbsent(part, place);
  }

  Place of(String part) {
    return places.getOrDefault(part, Place.START);
  }
}
