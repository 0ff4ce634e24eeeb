package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Holds a turn open in its process until the test lets that process go on. */
final class GateActor extends RelayActor<Passed> {
  private static final Duration LOOK = Duration.ofMillis(10);

  @Handles(value = "PASS", waits = true)
  Passed pass(Passage passage, Turn<Passed> turn) {
    long pid = ProcessHandle.current().pid();
    touch(passage.waiting(pid));
    Path open = Passage.open(Path.of(passage.folder()), pid);
    while (!Files.exists(open)) {
      if (Thread.interrupted()) {
        throw new IllegalStateException("the node stops while the gate is shut");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return turn.become(turn.state().orElse(Passed.NOTHING).with(passage.id()));
  }

  @Handles(value = "PASS_LATER", waits = true)
  void passLater(Passage passage, Turn<Passed> turn) {
    pass(passage, turn);
  }

  private static void touch(Path file) {
    try {
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
