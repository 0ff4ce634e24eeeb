package dev.relay.cli;

import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Settings;
import dev.relay.cli.config.Value;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;

/** {@code relay help configuration}: every setting, its value here, and who said so. */
final class ConfigurationPage {
  private ConfigurationPage() {}

  static String text(Settings settings) {
    Table table = new Table("IN relay.yaml", "ENVIRONMENT", "VALUE HERE", "FROM");
    for (Setting setting : Setting.values()) {
      Value value = setting == Setting.URL ? settings.url() : settings.value(setting);
      table.row(setting.key(), setting.variable(), value.shown(), value.origin().text());
    }
    return """
        What counts, strongest first: flag, environment, .env, relay.yaml, default.
        The files are those of the project: the nearest folder upwards with a relay.yaml.
        Without any postgres setting Relay runs a PostgreSQL of the project's own.
        Without any redis setting it uses no Redis.

        """
        + table.render(Style.PLAIN);
  }
}
