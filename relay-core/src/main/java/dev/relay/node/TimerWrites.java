package dev.relay.node;

import dev.relay.message.MessageId;
import dev.relay.message.MessageJson;
import dev.relay.store.TimerWrite;
import dev.relay.turn.TimerChange;
import java.util.ArrayList;
import java.util.List;

/** What a chain wants written of its instance's timers. */
final class TimerWrites {
  private TimerWrites() {}

  static List<TimerWrite> of(Chain chain) {
    if (chain.timers().changes().isEmpty()) {
      return List.of();
    }
    List<TimerWrite> writes = new ArrayList<>();
    for (TimerChange change : chain.timers().changes()) {
      writes.add(
          new TimerWrite(
              chain.address(),
              change.name(),
              change instanceof TimerChange.Set set
                  ? new TimerWrite.Next(
                      MessageId.mint().value(), set.dueAt(), MessageJson.write(set.message()))
                  : null));
    }
    return writes;
  }
}
