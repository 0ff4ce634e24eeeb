package dev.relay.cli.output;

/** How a result is printed. The table is for people and may change; the others are a promise. */
public enum Format {
  table,
  json,
  jsonl,
  yaml,
  name
}
