package dev.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Passwords, rights and encryption, as servers ask for them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccessTest {
  /** As docs/bus.md has them. */
  static final String[] DOCUMENTED_RIGHTS =
      ("ACL SETUSER relay on >pw resetchannels ~relay:* ~{relay:* &relay:* -@all +@connection"
              + " +@stream +@pubsub +set +get +del +exists +expire +eval +info")
          .split(" ");

  private static final Duration SHORT = Duration.ofMillis(900);

  @Test
  void a_password_opens_and_a_wrong_or_missing_one_is_told() {
    try (RedisServer redis = RedisServer.withPassword("s3cret")) {
      RedisConfig config = RedisConfig.at(redis.host(), redis.port()).within(SHORT);
      try (Pair pair = new Pair(config.login(null, "s3cret"))) {
        pair.ready();
      }
      try (Pair pair = new Pair(config.login(null, "guess"))) {
        pair.saysWhatIsWrong("REDIS_PASSWORD");
      }
      try (Pair pair = new Pair(config)) {
        pair.saysWhatIsWrong("set REDIS_PASSWORD");
      }
      assertThat(config.login("shop", "s3cret").toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void a_user_with_the_documented_rights_is_enough_and_one_without_is_told() {
    try (RedisServer redis = RedisServer.start()) {
      redis.command(DOCUMENTED_RIGHTS);
      redis.command("ACL", "SETUSER", "nobody", "on", ">pw", "-@all", "+@connection");
      RedisConfig config = RedisConfig.at(redis.host(), redis.port()).within(SHORT);
      try (Pair pair = new Pair(config.login("relay", "pw"))) {
        pair.ready();
      }
      try (Pair pair = new Pair(config.login("nobody", "pw"))) {
        pair.saysWhatIsWrong("docs/bus.md");
      }
    }
  }

  @Test
  void connections_are_encrypted_and_the_certificate_is_verified() {
    try (RedisServer redis = RedisServer.withTls()) {
      RedisConfig config = RedisConfig.at(redis.host(), redis.tlsPort()).within(SHORT);
      try (Pair pair = new Pair(config.encrypted(redis.certificate()))) {
        pair.ready();
      }
      try (Pair pair = new Pair(config.encrypted(null))) {
        pair.saysWhatIsWrong("certif");
      }
    }
  }

  @Test
  void another_database_and_prefix_keep_two_relays_apart() {
    try (RedisServer redis = RedisServer.start()) {
      RedisConfig config = RedisConfig.at(redis.host(), redis.port());
      try (Pair pair = new Pair(config.inDatabase(3).prefixed("shop")).ready()) {
        assertThat(pair.a.health().detail()).contains("/3");
        assertThat(redis.command("KEYS", "*")).isEmpty();
      }
    }
  }
}
