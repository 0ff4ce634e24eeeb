package dev.relay.server.endpoint;

import dev.relay.node.Receipt;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers another system's call when all that it means is committed. */
final class WebhookAnswer {
  private WebhookAnswer() {}

  /**
   * Answers when the last receipt is there. Where one isn't to be had, the answer says why, and the
   * caller will repeat all of it; the request ids keep the others from being done twice.
   */
  static void whenThere(List<CompletableFuture<Receipt>> pending, Call call) {
    CompletableFuture.allOf(pending.toArray(new CompletableFuture<?>[0]))
        .whenComplete(
            (all, failure) -> {
              if (failure == null) {
                call.answer(() -> of(pending));
              } else {
                call.fail(failure);
              }
            });
  }

  private static Answer of(List<CompletableFuture<Receipt>> done) {
    return Answer.success(
        json -> {
          json.writeArrayPropertyStart("event_ids");
          done.forEach(each -> json.writeString(each.join().id().value()));
          json.writeEndArray();
        });
  }
}
