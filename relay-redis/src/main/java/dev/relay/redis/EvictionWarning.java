package dev.relay.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that Redis may throw away streams when its memory is full. */
final class EvictionWarning {
  private static final Logger log = LoggerFactory.getLogger(EvictionWarning.class);

  private final String place;
  private final AtomicBoolean said = new AtomicBoolean();

  EvictionWarning(String place) {
    this.place = place;
  }

  /** Looks, without waiting. */
  void check(RedisClusterAsyncCommands<String, String> redis) {
    redis
        .info(MemoryInfo.SECTION)
        .whenComplete(
            (info, refused) ->
                MemoryInfo.read(info == null ? "" : info)
                    .flatMap(memory -> MemoryInfo.warning(place, memory))
                    .ifPresent(this::warn));
  }

  private void warn(String text) {
    if (said.compareAndSet(false, true)) {
      log.warn(text);
    }
  }
}
