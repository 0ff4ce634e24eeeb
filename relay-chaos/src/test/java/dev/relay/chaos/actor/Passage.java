package dev.relay.chaos.actor;

import java.nio.file.Path;

/**
 * A message to a gate.
 *
 * @param place the gate's key
 * @param id an id that no other message has
 * @param folder where handlers say that they wait, and the test says who may go on
 */
public record Passage(String place, String id, String folder) {
  /** There as soon as a process is in the handler of this message. */
  public Path waiting(long pid) {
    return Path.of(folder).resolve("waiting-" + place + "-" + id + "-" + pid);
  }

  /** Lets handlers of a process go on as soon as it is there. */
  public static Path open(Path folder, long pid) {
    return folder.resolve("open-" + pid);
  }
}
