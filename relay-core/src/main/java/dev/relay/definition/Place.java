package dev.relay.definition;

/** Where something is written in a file, counted from 1. */
record Place(int line, int column) {
  static final Place START = new Place(1, 1);
}
