package dev.relay.turn;

import dev.relay.actor.RefusedException;
import dev.relay.definition.expression.Script;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A handler written as expressions in the definition. */
final class ScriptHandler implements Handler {
  private final Script script;

  ScriptHandler(Script script) {
    this.script = script;
  }

  @Override
  public @Nullable JsonNode handle(OpenTurn turn) {
    StateValue before = turn.stateValue();
    Script.Outcome outcome =
        script.run(
            new Script.Input(
                before == null ? null : before.tree(),
                turn.message().payload(),
                turn.self().key(),
                turn.now()));
    if (outcome instanceof Script.Fail fail) {
      throw new RefusedException(fail.code(), fail.message());
    }
    Script.Done done = (Script.Done) outcome;
    JsonNode state = done.state();
    if (state != null) {
      turn.becomeTree(state);
    }
    done.cancels().forEach(turn::cancel);
    done.emits().forEach(emission -> emit(turn, emission));
    return done.reply();
  }

  private static void emit(OpenTurn turn, Script.Emission emission) {
    Script.Later later = emission.later();
    if (later == null) {
      turn.emit(emission.event(), emission.payload());
      return;
    }
    String name = later.name();
    if (name == null) {
      turn.sendAfter(later.after(), emission.event(), emission.payload());
    } else {
      turn.sendAfter(later.after(), emission.event(), emission.payload(), name);
    }
  }
}
