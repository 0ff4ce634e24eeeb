package dev.relay.flow;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.relay.definition.FlowSet;
import java.util.Locale;
import java.util.UUID;

/** How a flow's actor and the messages that drive it are called. */
public final class FlowNames {
  /** The payload field of internal messages that names the instance. */
  static final String ID = "id";

  /** Keeps these names apart from other users of name-based UUIDs; drawn at random once. */
  private static final UUID NAMESPACE = UUID.fromString("0a7b1c52-8f2e-4a63-9d3c-5b1f40e6c7d8");

  private FlowNames() {}

  /** The actor that runs a flow. */
  public static String actor(String flow) {
    return FlowSet.PREFIX + flow;
  }

  /** Whether an actor runs a flow. */
  public static boolean isFlow(String actor) {
    return actor.startsWith(FlowSet.PREFIX);
  }

  /** The flow that an actor runs. */
  public static String flow(String actor) {
    return actor.substring(FlowSet.PREFIX.length());
  }

  /** Has a run go on; a flow sends it to itself. */
  static String next(String flow) {
    return internal(flow, "NEXT");
  }

  /** Asks how a run is. */
  static String get(String flow) {
    return internal(flow, "GET");
  }

  /** What people decide. */
  static String repair(String flow) {
    return internal(flow, "REPAIR");
  }

  private static String internal(String flow, String what) {
    return "FLOW_" + flow.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + what;
  }

  /**
   * The request id of one message of one run: the same whenever the step is repeated, so that it
   * happens once.
   *
   * @param step the step's name; of what undoes it, with a prefix
   * @param index counts the items of a list, 0 for a step that is done once
   */
  static String requestId(String flow, String key, int run, String step, int index) {
    String name = flow + " " + run + " " + step + " " + index + " " + key;
    return UuidCreator.getNameBasedSha1(NAMESPACE, name).toString();
  }
}
