package dev.relay.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  @TempDir Path project;

  private final Map<String, String> environment = new HashMap<>();

  @ParameterizedTest
  @EnumSource
  void each_source_outdoes_the_ones_below_it(Setting setting) throws IOException {
    assertThat(settings().value(setting).origin()).isEqualTo(Origin.DEFAULT);

    write("relay.yaml", yaml(setting, "from-file"));
    assertThat(settings().value(setting))
        .extracting(Value::text, Value::origin)
        .containsExactly("from-file", Origin.PROJECT_FILE);

    write(".env", setting.variable() + "=from-env-file");
    assertThat(settings().value(setting))
        .extracting(Value::text, Value::origin)
        .containsExactly("from-env-file", Origin.ENV_FILE);

    environment.put(setting.variable(), "from-environment");
    assertThat(settings().value(setting))
        .extracting(Value::text, Value::origin)
        .containsExactly("from-environment", Origin.ENVIRONMENT);

    Settings flagged = settings();
    flagged.flag(setting, "from-flag");
    assertThat(flagged.value(setting))
        .extracting(Value::text, Value::origin)
        .containsExactly("from-flag", Origin.FLAG);
  }

  @Test
  void these_are_the_defaults() {
    assertThat(settings().url().text()).isEqualTo("http://localhost:3000");
    assertThat(settings().value(Setting.HOST).text()).isEqualTo("127.0.0.1");
    assertThat(settings().port(Setting.PORT)).isEqualTo(3000);
    assertThat(settings().value(Setting.DATA).paths()).containsExactly(project.resolve(".relay"));
    assertThat(settings().value(Setting.ACTORS).items()).isEmpty();
    assertThat(settings().value(Setting.CLASSPATH).items()).isEmpty();
    assertThat(settings().value(Setting.POSTGRES_HOST).text()).isEqualTo("localhost");
    assertThat(settings().port(Setting.POSTGRES_PORT)).isEqualTo(5432);
    assertThat(settings().value(Setting.POSTGRES_DATABASE).text()).isEqualTo("relay");
    assertThat(settings().value(Setting.POSTGRES_USER).text()).isEqualTo("relay");
    assertThat(settings().value(Setting.POSTGRES_PASSWORD).text()).isEmpty();
    assertThat(settings().ownPostgres()).isFalse();
    assertThat(settings().value(Setting.REDIS_HOST).text()).isEqualTo("localhost");
    assertThat(settings().port(Setting.REDIS_PORT)).isEqualTo(6379);
    assertThat(settings().value(Setting.REDIS_USERNAME).text()).isEmpty();
    assertThat(settings().value(Setting.REDIS_PASSWORD).text()).isEmpty();
    assertThat(settings().value(Setting.REDIS_DATABASE).text()).isEqualTo("0");
    assertThat(settings().value(Setting.REDIS_TLS).text()).isEqualTo("false");
    assertThat(settings().value(Setting.REDIS_CA).items()).isEmpty();
    assertThat(settings().value(Setting.REDIS_SENTINELS).items()).isEmpty();
    assertThat(settings().value(Setting.REDIS_MASTER).text()).isEqualTo("mymaster");
    assertThat(settings().value(Setting.REDIS_SENTINEL_PASSWORD).text()).isEmpty();
    assertThat(settings().value(Setting.REDIS_CLUSTER).items()).isEmpty();
    assertThat(settings().value(Setting.REDIS_PREFIX).text()).isEqualTo("relay");
    assertThat(settings().redis()).isFalse();
  }

  @Test
  void the_port_of_the_node_is_where_a_node_is_looked_for() throws IOException {
    write("relay.yaml", "port: 4000");
    assertThat(settings().url().text()).isEqualTo("http://localhost:4000");

    environment.put("RELAY_URL", "https://relay.example.org");
    assertThat(settings().url().text()).isEqualTo("https://relay.example.org");
  }

  @Test
  void any_postgres_setting_means_a_database_of_ones_own() {
    environment.put("POSTGRES_PASSWORD", "secret");

    assertThat(settings().ownPostgres()).isTrue();
  }

  @Test
  void an_empty_variable_says_nothing() {
    environment.put("POSTGRES_HOST", "");

    assertThat(settings().ownPostgres()).isFalse();
  }

  @Test
  void a_secret_is_never_shown() {
    environment.put("POSTGRES_PASSWORD", "correct horse");

    assertThat(settings().value(Setting.POSTGRES_PASSWORD).shown()).isEqualTo("****");
  }

  @Test
  void paths_start_where_they_were_written() throws IOException {
    write("relay.yaml", "actors: [one, two/three]\nclasspath: target/classes");
    Settings settings = settings();

    assertThat(settings.value(Setting.ACTORS).paths())
        .containsExactly(project.resolve("one"), project.resolve("two/three"));

    Path elsewhere = project.resolve("sub");
    Settings flagged = new Settings(environment, elsewhere, project);
    flagged.flag(Setting.DATA, "mine");
    assertThat(flagged.value(Setting.DATA).paths()).containsExactly(elsewhere.resolve("mine"));
  }

  @Test
  void the_env_file_knows_comments_quotes_and_export() throws IOException {
    write(
        ".env",
        """
        # a comment
        export POSTGRES_HOST=db.example.org   # the old one

        POSTGRES_PASSWORD='a # in it = fine'
        POSTGRES_USER="relay user"
        """);

    assertThat(settings().value(Setting.POSTGRES_HOST).text()).isEqualTo("db.example.org");
    assertThat(settings().value(Setting.POSTGRES_PASSWORD).text()).isEqualTo("a # in it = fine");
    assertThat(settings().value(Setting.POSTGRES_USER).text()).isEqualTo("relay user");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prot: 3000          | relay.yaml:1 unknown key "prot"; did you mean "port"?
          postgres: { hst: x }| relay.yaml:1 unknown key "postgres.hst"; did you mean "postgres.host"?
          - one               | "key: value" lines are expected here
          port: { a: b }      | one value is expected here
          port: [             | isn't YAML
          """)
  void a_mistake_in_relay_yaml_is_told_with_its_line(String yaml, String sentence)
      throws IOException {
    write("relay.yaml", yaml);

    assertThatThrownBy(() -> settings().value(Setting.PORT))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({"abc", "-1", "65536", "80 80"})
  void a_port_is_a_number_a_port_can_be(String text) {
    environment.put("RELAY_PORT", text);

    assertThatThrownBy(() -> settings().port(Setting.PORT))
        .hasMessageContaining("from 0 to 65535")
        .hasMessageContaining("environment variable RELAY_PORT");
  }

  private Settings settings() {
    return new Settings(environment, project, project);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(project.resolve(name), text);
  }

  private static String yaml(Setting setting, String value) {
    String key = setting.key();
    int dot = key.indexOf('.');
    return dot < 0
        ? key + ": " + value
        : key.substring(0, dot) + ":\n  " + key.substring(dot + 1) + ": " + value;
  }
}
