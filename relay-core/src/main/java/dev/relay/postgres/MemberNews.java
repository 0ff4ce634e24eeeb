package dev.relay.postgres;

import dev.relay.cluster.News;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears of changes of {@code relay.nodes} where {@code LISTEN} works; elsewhere only time passes.
 */
final class MemberNews implements News {
  private final PostgresEar ear;

  MemberNews(@Nullable ConnectionSource listening) {
    ear = new PostgresEar(listening, "relay_nodes");
  }

  @Override
  public void await(Duration longest) {
    ear.waitForNews(longest);
  }

  @Override
  public void close() {
    ear.close();
  }
}
