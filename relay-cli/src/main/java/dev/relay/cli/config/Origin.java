package dev.relay.cli.config;

/** Where a value came from, strongest first. */
public enum Origin {
  FLAG("flag"),
  ENVIRONMENT("environment"),
  ENV_FILE(".env"),
  PROJECT_FILE("relay.yaml"),
  DEFAULT("default");

  private final String text;

  Origin(String text) {
    this.text = text;
  }

  /** The origin as a user would name it. */
  public String text() {
    return text;
  }
}
