package dev.relay.chaos.load;

import tools.jackson.databind.JsonNode;

/** What a node said to a request. */
sealed interface Answer {
  /**
   * It is done, or safe.
   *
   * @param body what the node answered
   */
  record Accepted(JsonNode body) implements Answer {
    /** The reply to an ask; missing otherwise. */
    JsonNode data() {
      return body.path("data");
    }
  }

  /** It may or may not have happened: ask again with the same id. */
  record Open(String why) implements Answer {}

  /** It didn't and won't happen. */
  record Refused(String code, String detail) implements Answer {}
}
