package dev.relay.server.problem;

import dev.relay.failure.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one table from failure to HTTP status. Immutable. */
public final class ProblemTypes {
  private static final Map<ErrorCode, ProblemType> BY_CODE = table();

  private ProblemTypes() {}

  /** The type of a failure of Relay's. */
  public static ProblemType of(ErrorCode code) {
    ProblemType type = BY_CODE.get(code);
    if (type == null) {
      throw new IllegalStateException(code + " has no row in ProblemTypes");
    }
    return type;
  }

  /** The type with this code, for example {@code RLY-2101} or {@code HTTP-405}. */
  public static Optional<ProblemType> find(String code) {
    return all().stream().filter(type -> type.code().equalsIgnoreCase(code)).findFirst();
  }

  /** Every type there is, failures of Relay's first. */
  public static List<ProblemType> all() {
    List<ProblemType> all = new ArrayList<>(BY_CODE.values());
    for (HttpFault fault : HttpFault.values()) {
      all.add(fault.type());
    }
    return Collections.unmodifiableList(all);
  }

  private static Map<ErrorCode, ProblemType> table() {
    Table table = new Table();
    requests(table);
    contract(table);
    asks(table);
    definitions(table);
    operation(table);
    return Collections.unmodifiableMap(table.rows);
  }

  private static void requests(Table table) {
    table.row(ErrorCode.MALFORMED_JSON, 400, "The body must be one JSON document in UTF-8.");
    table.row(
        ErrorCode.MALFORMED_REQUEST,
        400,
        "The request lacks a field, has one too many or one of the wrong type; the detail says"
            + " which.");
    table.row(
        ErrorCode.TOO_LARGE,
        413,
        "Send less at once: keep large content elsewhere and put a reference in the payload.");
    table.row(
        ErrorCode.TOO_COMPLEX,
        400,
        "The document is nested deeper, or has more or longer values, than Relay reads.");
    table.row(
        ErrorCode.WEBHOOK_REFUSED,
        400,
        "The webhook can't tell that this call is genuine, or can't read it. Nothing was written.");
  }

  private static void contract(Table table) {
    table.row(
        ErrorCode.UNKNOWN_EVENT, 404, "See GET /api/catalog/events for the events there are.");
    table.row(ErrorCode.UNKNOWN_ACTOR, 404, "See GET /api/actors for the actors there are.");
    table.row(
        ErrorCode.NOT_A_CONSUMER,
        422,
        "The catalog must name the actor as a consumer of the event before it receives it.");
    table.row(
        ErrorCode.UNKNOWN_INSTANCE,
        404,
        "The actor has had no turn under this key; GET /api/actors/{actor} lists its instances.");
    table.row(
        ErrorCode.UNKNOWN_DEAD_LETTER,
        404,
        "It may have been retried or discarded meanwhile; GET /api/dead-letters lists those there"
            + " are.");
    table.row(
        ErrorCode.UNKNOWN_MESSAGE,
        404,
        "No turn and no delivery of the time that was searched has this id. Queries and refused"
            + " messages leave no trace.");
    table.row(ErrorCode.UNKNOWN_FLOW, 404, "No flow of this name was ever applied to the catalog.");
    table.row(
        ErrorCode.UNKNOWN_WEBHOOK,
        404,
        "The application has no webhook of this name; the detail lists those it has.");
    table.row(
        ErrorCode.POSITION_FORGOTTEN,
        410,
        "The days that the event is of have been dropped; begin with from=start or from=now.");
    table.row(
        ErrorCode.PAYLOAD_INVALID,
        422,
        "Every violation is listed with a JSON Pointer into the payload. Nothing was written.");
    table.row(
        ErrorCode.RULE_VIOLATED,
        422,
        "The payload fits its schema and breaks a rule of the actor. Nothing was written.");
    table.row(
        ErrorCode.NOT_INDEXED,
        422,
        "Instances can be found by what the actor's definition indexes; the message lists it.");
    table.row(
        ErrorCode.KEY_MISSING,
        422,
        "The payload field that names the actor instance is absent or empty; send it, or \"key\".");
    table.row(
        ErrorCode.NOT_THE_PRODUCER,
        422,
        "The catalog names one producer for each event; only that actor emits it.");
    table.row(
        ErrorCode.REFUSED,
        422,
        "The actor's own logic said no; \"reason\" is its stable word for why. Nothing was"
            + " written.");
    table.row(
        ErrorCode.REQUEST_ID_CONFLICT,
        409,
        "The same request id came earlier with another payload. Use a new id for a new request.");
  }

  private static void asks(Table table) {
    table.row(
        ErrorCode.ASK_UNDECLARED,
        500,
        "The actor's handler asks another actor for what its actor.yaml doesn't declare; the detail"
            + " says what to add.");
    table.row(
        ErrorCode.ASK_RING,
        508,
        "An actor was asked that waits for the answer itself. Nobody would ever have answered.");
    table.row(
        ErrorCode.ASK_REFUSED,
        500,
        "The actor's handler asked another actor for something that the contract refuses; the"
            + " violations are those of its ask. Nothing of the turn was written.");
  }

  private static void definitions(Table table) {
    table.row(ErrorCode.DEFINITION_INVALID, 422, "The definition has the problems listed.");
    table.row(ErrorCode.SCHEMA_INVALID, 422, "Send a JSON Schema of draft 2020-12.");
    table.row(
        ErrorCode.CATALOG_CONFLICT,
        409,
        "The catalog already has this, or another, definition. Read it first, then decide.");
    table.row(
        ErrorCode.CATALOG_VERSION,
        503,
        "The database is of another version than this Relay: run `relay migrate status`.");
  }

  private static void operation(Table table) {
    table.row(
        ErrorCode.OVERLOADED, 503, 1, "More work than the node accepts now. Nothing was written.");
    table.row(
        ErrorCode.SHUTTING_DOWN,
        503,
        2,
        "The node is stopping; another, or the next one, answers.");
    table.row(
        ErrorCode.TIMED_OUT,
        504,
        "No answer within the time allowed. The work may still finish: repeat with the same request"
            + " id to learn its outcome.");
    table.row(
        ErrorCode.DATABASE_UNREACHABLE,
        503,
        5,
        "The node can't reach Postgres. With a request id the same request can safely be"
            + " repeated.");
    table.row(
        ErrorCode.INDEX_INCOMPLETE,
        503,
        5,
        "An index was declared a moment ago and is being filled, or nodes have different"
            + " definitions of the actor.");
    table.row(
        ErrorCode.STATE_UNREADABLE,
        500,
        "The instance's stored state is of a newer version than the definition, or doesn't fit it."
            + " Nothing was written, and other instances aren't concerned.");
    table.row(ErrorCode.NOT_HOSTED, 503, 5, "No node that can be reached hosts this actor now.");
    table.row(
        ErrorCode.NODE_LOST, 503, 1, "The node that worked on it died, or was taken for dead.");
    table.row(
        ErrorCode.ASK_CROSSING,
        503,
        1,
        "Two turns ask each other's instance at the same time; one of them gave way. Repeat it.");
    table.row(
        ErrorCode.BUS_UNREACHABLE,
        503,
        5,
        "Redis can't be reached, or isn't as it should be. Messages are safe in Postgres"
            + " meanwhile.");
    table.row(
        ErrorCode.FLOW_PAUSED,
        503,
        "A step of the flow failed as often as it may, so the flow waits for somebody's decision."
            + " Nothing is lost: it goes on from there.");
    table.row(
        ErrorCode.WEBHOOK_NOT_CONFIGURED,
        503,
        "The webhook lacks the setting that it checks calls by, so it takes none. Calls that come"
            + " again later are taken once it is set.");
    table.row(
        ErrorCode.CIRCUIT_OPEN,
        503,
        5,
        "An actor that is needed for the answer keeps failing and isn't asked for a while.");
    table.row(
        ErrorCode.INTERNAL, 500, "A fault of Relay's own; the node's log has it by incident id.");
    table.row(
        ErrorCode.HANDLER_FAILED, 500, "The actor's handler failed; the node's log says how.");
    table.row(
        ErrorCode.REPLY_INVALID,
        500,
        "The actor's reply breaks the schema the catalog promises. Nothing was written.");
    table.row(
        ErrorCode.EMISSION_INVALID,
        500,
        "The actor's handler emitted an event that the catalog doesn't allow it. Nothing was"
            + " written.");
    table.row(
        ErrorCode.STATE_INVALID,
        500,
        "The actor's new state breaks the schema of its definition. Nothing was written.");
  }

  /** Rows being collected. */
  private static final class Table {
    final EnumMap<ErrorCode, ProblemType> rows = new EnumMap<>(ErrorCode.class);

    void row(ErrorCode code, int status, String explanation) {
      row(code, status, 0, explanation);
    }

    void row(ErrorCode code, int status, int retryAfterSeconds, String explanation) {
      rows.put(
          code, new ProblemType(code.code(), code.title(), status, retryAfterSeconds, explanation));
    }
  }
}
