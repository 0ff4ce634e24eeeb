package dev.relay.flow;

import dev.relay.definition.RetryPolicy;
import dev.relay.flow.FlowState.Pending;
import dev.relay.flow.FlowState.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What follows from a message that failed: another try later, or a pause. */
final class Retries {
  private final Drive drive;
  private final FlowState state;
  private final RetryPolicy policy;

  Retries(Drive drive, RetryPolicy policy) {
    this.drive = drive;
    this.state = drive.state();
    this.policy = policy;
  }

  /** Takes a result that is neither done nor refused. */
  void take(
      Messenger.Result result, String step, int index, JsonNode payload, @Nullable Pending before) {
    int attempts = before == null ? 0 : before.attempts();
    boolean uncertain = before != null && before.uncertain();
    if (result instanceof Messenger.Wrong wrong) {
      // kept without its payload: whoever repairs the definition wants it computed anew
      state.pending = null;
      if (uncertain) {
        state.pending = new Pending(step, index, payload, attempts, true, null);
      }
      drive.pause(step, wrong.code(), null, wrong.message());
      return;
    }
    Messenger.Failed failed = (Messenger.Failed) result;
    int made = attempts + (failed.counts() ? 1 : 0);
    boolean maybe = uncertain || failed.uncertain();
    if (made >= policy.attempts()) {
      state.pending = new Pending(step, index, payload, made, maybe, null);
      String tries = made == 1 ? "1 attempt: " : made + " attempts: ";
      drive.pause(step, failed.code(), null, tries + failed.message());
      return;
    }
    Instant again = drive.clock().instant().plus(wait(Math.max(1, made), failed.retryAfter()));
    state.pending = new Pending(step, index, payload, made, maybe, again);
    state.error = new Trouble(step, failed.code(), null, failed.message(), drive.clock().instant());
    drive.wakeAt(again);
  }

  /** Doubled with each attempt, with jitter, and no sooner than the other side asks for. */
  private Duration wait(int made, @Nullable Duration least) {
    long most = policy.max().toMillis();
    long base = policy.backoff().toMillis() << Math.min(made - 1, 20);
    long full = base <= 0 || base > most ? most : base;
    long jittered = full / 2 + ThreadLocalRandom.current().nextLong(full - full / 2 + 1);
    Duration own = Duration.ofMillis(jittered);
    return least != null && least.compareTo(own) > 0 ? least : own;
  }
}
