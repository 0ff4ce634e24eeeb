package dev.relay.cli.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Settings;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.output.Terminal;
import dev.relay.redis.Endpoint;
import dev.relay.redis.RedisConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisSettingsTest {
  @TempDir Path folder;

  @Test
  void without_any_setting_there_is_no_redis() {
    assertThat(RedisSettings.read(settings())).isNull();
  }

  @Test
  void one_setting_is_enough_and_the_others_have_defaults() {
    RedisConfig config = read(Setting.REDIS_PASSWORD, "pw");

    assertThat(config).isEqualTo(RedisConfig.at("localhost", 6379).login(null, "pw"));
    assertThat(config.toString()).doesNotContain("pw");
  }

  @Test
  void sentinels_and_clusters_are_lists() {
    RedisConfig sentinels = read(Setting.REDIS_SENTINELS, "a, b:26380");
    assertThat(sentinels.kind()).isEqualTo(RedisConfig.Kind.SENTINEL);
    assertThat(sentinels.master()).isEqualTo("mymaster");
    assertThat(sentinels.endpoints())
        .isEqualTo(List.of(new Endpoint("a", 26379), new Endpoint("b", 26380)));

    RedisConfig cluster = read(Setting.REDIS_CLUSTER, "[::1]:7000,c");
    assertThat(cluster.kind()).isEqualTo(RedisConfig.Kind.CLUSTER);
    assertThat(cluster.endpoints())
        .isEqualTo(List.of(new Endpoint("::1", 7000), new Endpoint("c", 6379)));
  }

  @Test
  void a_certificate_means_encryption() {
    RedisConfig config = read(Setting.REDIS_CA, "ca.pem");
    assertThat(config.tls()).isTrue();
    assertThat(Objects.requireNonNull(config.trust()).isAbsolute()).isTrue();
    assertThat(read(Setting.REDIS_TLS, "yes").tls()).isTrue();
  }

  @Test
  void what_can_not_be_meant_is_told_with_its_source() {
    assertThatThrownBy(() -> read(Setting.REDIS_TLS, "maybe"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("true or false is expected, found \"maybe\" (flag)");
    assertThatThrownBy(() -> read(Setting.REDIS_CLUSTER, "a:b"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("REDIS_CLUSTER");
    assertThatThrownBy(() -> read(Setting.REDIS_DATABASE, "-1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("REDIS_DATABASE");
  }

  private RedisConfig read(Setting setting, String value) {
    Settings settings = settings();
    settings.flag(setting, value);
    return Objects.requireNonNull(RedisSettings.read(settings));
  }

  private Settings settings() {
    Terminal terminal = new Terminal(System.in, System.out, System.err, false, false);
    return Session.open(terminal, Map.of(), folder, null).settings();
  }
}
