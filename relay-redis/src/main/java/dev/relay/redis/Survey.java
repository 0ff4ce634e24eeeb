package dev.relay.redis;

import dev.relay.transport.CarrierReport;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads what Redis holds, over one connection. Used by one thread. */
final class Survey {
  private final RedisClusterAsyncCommands<String, String> redis;
  private final Keys keys;
  private final Duration timeout;

  Survey(RedisClusterAsyncCommands<String, String> redis, Keys keys, Duration timeout) {
    this.redis = redis;
    this.keys = keys;
    this.timeout = timeout;
  }

  /** The inboxes of these nodes. */
  List<CarrierReport.Stream> inboxes(Collection<String> nodes)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<CarrierReport.Stream> inboxes = new ArrayList<>();
    for (String node : nodes) {
      String name = keys.inbox(node);
      inboxes.add(new CarrierReport.Stream(name, node, get(redis.xlen(name)), isAttended(node)));
    }
    return inboxes;
  }

  /** Whether a node is seen here. */
  boolean isAttended(String node)
      throws InterruptedException, ExecutionException, TimeoutException {
    return get(redis.exists(keys.alive(node))) > 0;
  }

  /** Whether some node writes the stream of published events. */
  boolean isKept() throws InterruptedException, ExecutionException, TimeoutException {
    return get(redis.exists(keys.writer())) > 0;
  }

  /** What INFO says; empty where this user mustn't ask. */
  Optional<CarrierReport.Memory> memory()
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return MemoryInfo.read(get(redis.info(MemoryInfo.SECTION)));
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof RedisCommandExecutionException) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** The stream of published events. */
  StreamState events() throws InterruptedException, ExecutionException, TimeoutException {
    return get(redis.exists(keys.events())) == 0
        ? StreamState.MISSING
        : StreamState.of(get(redis.xinfoStream(keys.events())));
  }

  /** The groups that programs have made there, where it is there. */
  List<CarrierReport.Group> groups()
      throws InterruptedException, ExecutionException, TimeoutException {
    return StreamState.groups(get(redis.xinfoGroups(keys.events())));
  }

  /** The id behind which a group goes on, so that it gets what it hasn't acknowledged. */
  String resume(CarrierReport.Group group)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (group.pending() == 0) {
      return group.lastRead();
    }
    String oldest =
        get(redis.xpending(keys.events(), group.name())).getMessageIds().getLower().getValue();
    return EntryId.before(Objects.requireNonNull(oldest));
  }

  /** Makes a group that goes on behind an id; one that is there meanwhile is put back to it. */
  void restore(String group, String id)
      throws InterruptedException, ExecutionException, TimeoutException {
    StreamOffset<String> from = StreamOffset.from(keys.events(), id);
    try {
      get(redis.xgroupCreate(from, group, XGroupCreateArgs.Builder.mkstream(false)));
    } catch (ExecutionException failure) {
      if (!String.valueOf(failure.getMessage()).contains("BUSYGROUP")) {
        throw failure;
      }
      get(redis.xgroupSetid(from, group));
    }
  }

  private <T> T get(RedisFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
