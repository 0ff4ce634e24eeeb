package dev.relay.cli.command.tail;

import dev.relay.cli.output.JsonObject;

/** Where what is followed is shown. */
interface TailSink {
  /**
   * An event.
   *
   * @param number counts the events shown, from 1
   * @param position where it stands in the stream
   * @param event the CloudEvent
   */
  void event(long number, String position, JsonObject event);

  /**
   * What a consumer did.
   *
   * @param number that of the event
   * @param delivery as the node tells it
   */
  void delivery(long number, JsonObject delivery);

  /** Whether nobody reads any more, as where the output goes to {@code head}. */
  boolean gone();
}
