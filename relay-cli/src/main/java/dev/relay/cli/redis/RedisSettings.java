package dev.relay.cli.redis;

import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Settings;
import dev.relay.cli.config.Value;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.redis.Endpoint;
import dev.relay.redis.RedisConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Redis that the user configured. Loads nothing of the client. */
public final class RedisSettings {
  private final Settings settings;

  private RedisSettings(Settings settings) {
    this.settings = settings;
  }

  /**
   * Where it is, and how to get in; null where none is configured.
   *
   * @throws CommandFailure where a value can't be meant
   */
  public static @Nullable RedisConfig read(Settings settings) {
    return settings.redis() ? new RedisSettings(settings).config() : null;
  }

  private RedisConfig config() {
    RedisConfig config =
        place()
            .login(textOrNull(Setting.REDIS_USERNAME), textOrNull(Setting.REDIS_PASSWORD))
            .sentinelLogin(textOrNull(Setting.REDIS_SENTINEL_PASSWORD));
    config = checked(Setting.REDIS_PREFIX, config::prefixed, text(Setting.REDIS_PREFIX));
    config = checked(Setting.REDIS_DATABASE, config::inDatabase, number(Setting.REDIS_DATABASE));
    List<Path> ca = settings.value(Setting.REDIS_CA).paths();
    return tls() || !ca.isEmpty() ? config.encrypted(ca.isEmpty() ? null : ca.get(0)) : config;
  }

  private RedisConfig place() {
    Value cluster = settings.value(Setting.REDIS_CLUSTER);
    Value sentinels = settings.value(Setting.REDIS_SENTINELS);
    if (cluster.configured() && sentinels.configured()) {
      throw CommandFailure.usage(
              "Redis is a Cluster ("
                  + cluster.source()
                  + ") or watched by Sentinels ("
                  + sentinels.source()
                  + "), not both")
          .fix("leave one of them out");
    }
    if (cluster.configured()) {
      return RedisConfig.cluster(endpoints(cluster, RedisConfig.PORT));
    }
    if (sentinels.configured()) {
      return RedisConfig.sentinel(
          text(Setting.REDIS_MASTER), endpoints(sentinels, RedisConfig.SENTINEL_PORT));
    }
    Value host = settings.value(Setting.REDIS_HOST);
    int port = settings.port(Setting.REDIS_PORT);
    return checked(Setting.REDIS_HOST, name -> RedisConfig.at(name, port), host.text());
  }

  private static List<Endpoint> endpoints(Value value, int port) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String item : value.items()) {
      for (String text : item.strip().split("[,\\s]+", -1)) {
        endpoints.add(checked(value.setting(), value, word -> Endpoint.parse(word, port), text));
      }
    }
    return endpoints;
  }

  private boolean tls() {
    Value value = settings.value(Setting.REDIS_TLS);
    return switch (value.text().strip()) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default ->
          throw CommandFailure.usage(
              "true or false is expected, found \"" + value.text() + "\" (" + value.source() + ")");
    };
  }

  private int number(Setting setting) {
    return checked(setting, Integer::valueOf, text(setting).strip());
  }

  private String text(Setting setting) {
    return settings.value(setting).text();
  }

  private @Nullable String textOrNull(Setting setting) {
    String text = text(setting);
    return text.isEmpty() ? null : text;
  }

  private interface Reading<T, R> {
    R read(T text);
  }

  private <T, R> R checked(Setting setting, Reading<T, R> reading, T value) {
    return checked(setting, settings.value(setting), reading, value);
  }

  private static <T, R> R checked(Setting setting, Value source, Reading<T, R> reading, T value) {
    try {
      return reading.read(value);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(
          setting.variable() + ": " + wrong.getMessage() + " (" + source.source() + ")");
    }
  }
}
