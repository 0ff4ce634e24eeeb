package shoppers;

import tools.jackson.databind.JsonNode;

/**
 * What the shop has said to a request, for good: asked again with the same request id it says the
 * same.
 *
 * @param status the HTTP status: below 300, or a refusal in the 400s
 * @param body the whole answer
 * @param replayed whether it was said before, to a request with the same id
 */
record Answer(int status, JsonNode body, boolean replayed) {
  boolean accepted() {
    return status < 300;
  }

  /** What the actor replied; missing where it was a tell, or refused. */
  JsonNode data() {
    return body.path("data");
  }

  /** The refusing actor's own word, for example {@code OUT_OF_STOCK}; else Relay's code. */
  String reason() {
    return body.path("reason").asString(body.path("code").asString(""));
  }

  /** One line for people. */
  String sentence() {
    return accepted() ? "accepted" : reason() + ": " + body.path("detail").asString("");
  }
}
