package dev.relay.cli.failure;

import dev.relay.failure.ErrorCode;
import java.util.EnumMap;
import java.util.Map;

/** What the shell learns about a run. The numbers are a promise: scripts depend on them. */
public enum ExitCode {
  DONE(0, "done", "the command did what was asked"),
  FAILED(1, "failed", "something went wrong that no other code names"),
  USAGE(2, "usage", "an unknown command or flag, or input that can't be read"),
  REFUSED(
      3, "refused", "the contract says no: an invalid payload, a broken rule, a bad definition"),
  NOT_ALLOWED(4, "not allowed", "this user may not do that"),
  NOT_FOUND(5, "not found", "no such event, actor, instance, message, dead letter or error code"),
  UNREACHABLE(6, "unreachable", "no node, Postgres or Redis answers, or it takes no work now"),
  TIMED_OUT(7, "timed out", "no answer within the time allowed; the work may still be done"),
  INTERRUPTED(130, "interrupted", "stopped by Ctrl-C");

  private static final Map<ErrorCode, ExitCode> TABLE = byCode();

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

  /** The exit code of a failure; {@link #FAILED} where the table lacks it, which a test forbids. */
  public static ExitCode of(ErrorCode code) {
    return TABLE.getOrDefault(code, FAILED);
  }

  /** The one table. */
  static Map<ErrorCode, ExitCode> table() {
    return TABLE;
  }

  private static Map<ErrorCode, ExitCode> byCode() {
    Map<ErrorCode, ExitCode> table = new EnumMap<>(ErrorCode.class);
    put(table, USAGE, ErrorCode.MALFORMED_JSON, ErrorCode.MALFORMED_REQUEST);
    put(table, REFUSED, ErrorCode.TOO_LARGE, ErrorCode.TOO_COMPLEX, ErrorCode.NOT_A_CONSUMER);
    put(table, REFUSED, ErrorCode.PAYLOAD_INVALID, ErrorCode.RULE_VIOLATED, ErrorCode.KEY_MISSING);
    put(table, REFUSED, ErrorCode.NOT_THE_PRODUCER, ErrorCode.EMISSION_INVALID);
    put(table, REFUSED, ErrorCode.REPLY_INVALID, ErrorCode.STATE_INVALID, ErrorCode.REFUSED);
    put(table, REFUSED, ErrorCode.REQUEST_ID_CONFLICT, ErrorCode.DEFINITION_INVALID);
    put(table, REFUSED, ErrorCode.SCHEMA_INVALID, ErrorCode.CATALOG_CONFLICT);
    put(table, REFUSED, ErrorCode.ASK_UNDECLARED, ErrorCode.ASK_RING, ErrorCode.ASK_REFUSED);
    put(table, REFUSED, ErrorCode.NOT_INDEXED, ErrorCode.WEBHOOK_REFUSED);
    put(table, NOT_FOUND, ErrorCode.UNKNOWN_EVENT, ErrorCode.UNKNOWN_ACTOR);
    put(table, NOT_FOUND, ErrorCode.UNKNOWN_INSTANCE, ErrorCode.UNKNOWN_DEAD_LETTER);
    put(table, NOT_FOUND, ErrorCode.POSITION_FORGOTTEN);
    put(table, NOT_FOUND, ErrorCode.UNKNOWN_MESSAGE, ErrorCode.UNKNOWN_FLOW);
    put(table, NOT_FOUND, ErrorCode.UNKNOWN_WEBHOOK);
    put(table, UNREACHABLE, ErrorCode.OVERLOADED, ErrorCode.SHUTTING_DOWN, ErrorCode.NOT_HOSTED);
    put(table, UNREACHABLE, ErrorCode.DATABASE_UNREACHABLE, ErrorCode.CIRCUIT_OPEN);
    put(table, UNREACHABLE, ErrorCode.NODE_LOST, ErrorCode.BUS_UNREACHABLE);
    put(table, UNREACHABLE, ErrorCode.ASK_CROSSING, ErrorCode.INDEX_INCOMPLETE);
    put(table, TIMED_OUT, ErrorCode.TIMED_OUT);
    put(table, FAILED, ErrorCode.FLOW_PAUSED);
    put(table, FAILED, ErrorCode.CATALOG_VERSION, ErrorCode.INTERNAL, ErrorCode.HANDLER_FAILED);
    put(table, FAILED, ErrorCode.STATE_UNREADABLE, ErrorCode.WEBHOOK_NOT_CONFIGURED);
    return table;
  }

  private static void put(Map<ErrorCode, ExitCode> table, ExitCode exit, ErrorCode... codes) {
    for (ErrorCode code : codes) {
      table.put(code, exit);
    }
  }
}
