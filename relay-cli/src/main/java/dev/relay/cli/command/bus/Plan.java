package dev.relay.cli.command.bus;

import dev.relay.cli.output.JsonObject;

/** What a rebuild would do, in a sentence. */
final class Plan {
  private Plan() {}

  /**
   * @param info the answer of {@code GET /api/bus}
   * @param anew whether what is there is thrown away first
   */
  static String of(JsonObject info, boolean anew) {
    JsonObject transport = info.object("transport");
    if (transport.has("reachable") && !transport.is("reachable")) {
      return transport.text("detail") + ": nothing can be done before that is mended";
    }
    if (!info.has("window")) {
      return "transport "
          + transport.text("name")
          + " keeps nothing outside Postgres: nothing would be done";
    }
    JsonObject window = info.object("window");
    String name = window.text("name");
    long length = window.number("length");
    if (anew && length > 0) {
      return name
          + " would be thrown away ("
          + length
          + " events"
          + groups(window)
          + ") and filled from the journal with those of the last hour, under the same ids";
    }
    return window.number("behind") == 0
        ? name + " is in step with the journal (" + length + " events): nothing would be done"
        : name + " would be filled from the journal: " + window.text("behind") + " are missing";
  }

  private static String groups(JsonObject window) {
    int groups = window.objects("groups").size();
    return groups == 0
        ? ""
        : "; " + groups + (groups == 1 ? " group goes" : " groups go") + " on where they are";
  }
}
