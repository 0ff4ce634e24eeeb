package shop.notification;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A way to reach a user. */
enum Channel {
  @JsonProperty("email")
  EMAIL("SEND_EMAIL", "EMAIL_SENT"),
  @JsonProperty("sms")
  SMS("SEND_SMS", "SMS_SENT"),
  @JsonProperty("push")
  PUSH("SEND_PUSH", "PUSH_SENT");

  private final String command;
  private final String sent;

  Channel(String command, String sent) {
    this.command = command;
    this.sent = sent;
  }

  /** The command that sends through it. */
  String command() {
    return command;
  }

  /** The event that says that something was sent. */
  String sent() {
    return sent;
  }
}
