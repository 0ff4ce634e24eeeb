package dev.relay.cli.failure;

import dev.relay.failure.ErrorCode;

/** What the shell learns about a run. The numbers are a promise: scripts depend on them. */
public enum ExitCode {
  DONE(0, "done", "the command did what was asked"),
  FAILED(1, "failed", "something went wrong that no other code names"),
  USAGE(2, "usage", "an unknown command or flag, or input that can't be read"),
  REFUSED(
      3, "refused", "the contract says no: an invalid payload, a broken rule, a bad definition"),
  NOT_ALLOWED(4, "not allowed", "this user may not do that"),
  NOT_FOUND(5, "not found", "no such event, actor, instance or error code"),
  UNREACHABLE(6, "unreachable", "no node or no Postgres answers, or it takes no work now"),
  TIMED_OUT(7, "timed out", "no answer within the time allowed; the work may still be done"),
  INTERRUPTED(130, "interrupted", "stopped by Ctrl-C");

  private final int number;
  private final String title;
  private final String meaning;

  ExitCode(int number, String title, String meaning) {
    this.number = number;
    this.title = title;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /** The code in a word or two. */
  public String title() {
    return title;
  }

  /** The code in a sentence, for {@code relay help exit-codes}. */
  public String meaning() {
    return meaning;
  }

  /** The exit code of a failure: the one table. */
  public static ExitCode of(ErrorCode code) {
    return switch (code) {
      case MALFORMED_JSON, MALFORMED_REQUEST -> USAGE;
      case TOO_LARGE,
          TOO_COMPLEX,
          NOT_A_CONSUMER,
          PAYLOAD_INVALID,
          RULE_VIOLATED,
          KEY_MISSING,
          NOT_THE_PRODUCER,
          REPLY_INVALID,
          STATE_INVALID,
          REFUSED,
          REQUEST_ID_CONFLICT,
          DEFINITION_INVALID,
          SCHEMA_INVALID,
          CATALOG_CONFLICT ->
          ExitCode.REFUSED;
      case UNKNOWN_EVENT, UNKNOWN_ACTOR, UNKNOWN_INSTANCE -> NOT_FOUND;
      case OVERLOADED, SHUTTING_DOWN, DATABASE_UNREACHABLE, NOT_HOSTED -> UNREACHABLE;
      case TIMED_OUT -> ExitCode.TIMED_OUT;
      case CATALOG_VERSION, INTERNAL, HANDLER_FAILED -> FAILED;
    };
  }
}
