package dev.relay.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that Redis may throw away streams when its memory is full. */
final class EvictionWarning {
  private static final Logger log = LoggerFactory.getLogger(EvictionWarning.class);
  private static final Pattern POLICY = Pattern.compile("maxmemory_policy:(\\S+)");

  private final String place;
  private final AtomicBoolean said = new AtomicBoolean();

  EvictionWarning(String place) {
    this.place = place;
  }

  /** Looks, without waiting. INFO and not CONFIG, which hosted servers forbid. */
  void check(RedisClusterAsyncCommands<String, String> redis) {
    redis
        .info("memory")
        .whenComplete(
            (info, refused) -> {
              Matcher policy = POLICY.matcher(info == null ? "" : info);
              if (policy.find() && !policy.group(1).equals("noeviction")) {
                warn(policy.group(1));
              }
            });
  }

  private void warn(String policy) {
    if (said.compareAndSet(false, true)) {
      log.warn(
          "Redis {} has maxmemory-policy {}: when its memory is full it may drop inboxes and the"
              + " stream of published events. Nothing is lost, but nodes wait for the sweeper; set"
              + " maxmemory-policy noeviction",
          place,
          policy);
    }
  }
}
