package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.time.Duration;
import java.util.TreeMap;

/** Numbers what it emits, so that a receiver sees by itself what is missing, double or early. */
final class SourceActor extends RelayActor<Sent> {
  @Handles("SEND")
  Sent.Count send(Command command, Turn<Sent> turn) {
    Sent before = turn.state().orElse(Sent.NOTHING);
    var numbers = new TreeMap<>(before.next());
    for (Target target : command.targets()) {
      emit(turn, command.sender(), target, numbers.merge(target.line(), 1L, Long::sum));
    }
    return turn.become(before.after(command)).count();
  }

  @Handles("SEND_LATER")
  void sendLater(Command command, Turn<Sent> turn) {
    send(command, turn);
  }

  @Handles("GET_SENT")
  Sent.Count sent(Turn<Sent> turn) {
    return turn.state().orElse(Sent.NOTHING).count();
  }

  /** Timers fire once each; an alarm that is set again is put off, or called off by a mark. */
  private static void emit(Turn<Sent> turn, String from, Target target, long n) {
    String to = target.to();
    switch (target.kind()) {
      case "entry" -> turn.emit("ENTRY", new Numbered(to, from, n, false));
      case "shake" -> turn.emit("SHAKE", new Numbered(to, from, n, false));
      case "poison" -> turn.emit("POISON", new Numbered(to, from, n, target.mark()));
      case "step" ->
          turn.emit("STEP_ONE", new Step(to, from, n, Paths.via(from, to), Paths.then(from, to)));
      case "tick" -> turn.sendAfter(delay(n), "TICK", new Numbered(to, from, n, false));
      case "alarm" -> {
        if (target.mark()) {
          turn.cancel("alarm/" + to);
        } else {
          turn.sendAfter(delay(n), "ALARM", new Numbered(to, from, n, false), "alarm/" + to);
        }
      }
      default -> throw new IllegalArgumentException(target.kind());
    }
  }

  private static Duration delay(long n) {
    return Duration.ofMillis(100 + n * 379 % 1_900);
  }
}
