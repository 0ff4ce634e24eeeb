package dev.relay.cli.client;

import dev.relay.cli.output.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dead letters, wherever they are reached; answers have the form of {@code /api/dead-letters}. */
public interface DeadLetterAccess {
  /**
   * A page.
   *
   * @param filter the parameters of the query
   */
  JsonObject list(Map<String, String> filter, @Nullable String after, int limit);

  JsonObject show(String id);

  JsonObject retry(String id);

  /**
   * Mends and retries.
   *
   * @param payload one JSON value as text
   */
  JsonObject retry(String id, String payload);

  JsonObject discard(String id, String reason);

  /** All that the filter means; an empty one means all there are. */
  JsonObject retryAll(Map<String, String> filter);

  /** All that the filter means; an empty one means all there are. */
  JsonObject discardAll(Map<String, String> filter, String reason);
}
