package dev.relay.cli.option;

/** Whether colour is wanted; the names are what the user types. */
enum ColorChoice {
  auto,
  always,
  never
}
