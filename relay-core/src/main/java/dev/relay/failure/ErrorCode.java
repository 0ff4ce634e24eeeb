package dev.relay.failure;

/**
 * Every failure a user can meet, with a number that stays. HTTP status and exit code are derived
 * from it, each in one table.
 */
public enum ErrorCode {
  MALFORMED_JSON(1001, "not readable as JSON"),
  MALFORMED_REQUEST(1002, "the request lacks what every request needs"),
  TOO_LARGE(1003, "larger than the limit"),
  TOO_COMPLEX(1004, "nested deeper or with more values than the limit"),
  WEBHOOK_REFUSED(1005, "the webhook doesn't take this call"),
  UNKNOWN_EVENT(2001, "no such event in the catalog"),
  UNKNOWN_ACTOR(2002, "no such actor in the catalog"),
  NOT_A_CONSUMER(2003, "the catalog doesn't name this actor as a consumer of this event"),
  UNKNOWN_INSTANCE(2004, "no state under this key"),
  UNKNOWN_DEAD_LETTER(2005, "no such dead letter"),
  UNKNOWN_MESSAGE(2006, "nothing is known of this message"),
  POSITION_FORGOTTEN(2007, "the event stream no longer reaches back that far"),
  UNKNOWN_FLOW(2008, "no such flow in the catalog"),
  UNKNOWN_WEBHOOK(2009, "no such webhook"),
  PAYLOAD_INVALID(2101, "the payload breaks its schema"),
  RULE_VIOLATED(2102, "the payload breaks a rule of the actor"),
  KEY_MISSING(2103, "the payload names no actor instance"),
  NOT_THE_PRODUCER(2104, "only its producer emits an event"),
  REPLY_INVALID(2105, "the reply breaks its schema"),
  STATE_INVALID(2106, "the new state breaks its schema"),
  REFUSED(2107, "the actor refused"),
  EMISSION_INVALID(2108, "an emitted event is undeclared or breaks its schema"),
  ASK_UNDECLARED(2109, "the actor asks what its definition doesn't declare"),
  ASK_RING(2110, "the ask comes back to an instance that waits for it"),
  ASK_REFUSED(2111, "the handler asked for something that the contract refuses"),
  NOT_INDEXED(2121, "no index answers what is asked for"),
  REQUEST_ID_CONFLICT(2201, "the request id was used with another payload"),
  DEFINITION_INVALID(3001, "a definition has problems"),
  SCHEMA_INVALID(3002, "not a usable JSON Schema"),
  CATALOG_CONFLICT(3003, "the catalog already says otherwise"),
  CATALOG_VERSION(3101, "the database is of another version than this Relay"),
  OVERLOADED(4001, "more work than can be accepted now"),
  SHUTTING_DOWN(4002, "the node is stopping"),
  TIMED_OUT(4003, "no answer within the time allowed"),
  DATABASE_UNREACHABLE(4004, "no connection to Postgres"),
  NOT_HOSTED(4005, "no reachable node hosts this actor"),
  CIRCUIT_OPEN(4006, "the dependency keeps failing and isn't asked for a while"),
  NODE_LOST(4007, "the node that worked on it was lost"),
  ASK_CROSSING(4008, "two turns ask each other's instance at the same time"),
  BUS_UNREACHABLE(4009, "what carries the bus can't be reached or mended"),
  FLOW_PAUSED(4010, "the flow stands still until somebody decides"),
  WEBHOOK_NOT_CONFIGURED(4011, "the webhook lacks its settings"),
  INDEX_INCOMPLETE(4021, "the actor's indexes aren't filled"),
  STATE_UNREADABLE(4022, "the stored state can't be used by this definition"),
  INTERNAL(5000, "a fault of Relay's own"),
  HANDLER_FAILED(5001, "the actor's handler failed");

  private final int number;
  private final String title;

  ErrorCode(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** The code as users see it, for example {@code RLY-2101}. */
  public String code() {
    return "RLY-" + number;
  }

  /**
   * Whether what failed is refused for good: the contract, a rule or somebody's word says no, and
   * trying again would end the same way. Other failures may pass.
   */
  public boolean isRefusal() {
    return number < 4000;
  }

  /** What the code means, in one short phrase that never changes with the occasion. */
  public String title() {
    return title;
  }
}
