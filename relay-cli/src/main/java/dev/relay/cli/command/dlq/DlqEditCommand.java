package dev.relay.cli.command.dlq;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.DeadLetterOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.PayloadOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code relay dlq edit}: mends the payload of a dead letter and delivers it again. */
public final class DlqEditCommand extends Verb {
  private final Word<String> id = arguments.required("ID", "as relay dlq list shows it");
  private final Word<String> dash = arguments.optional("-", "read the payload from stdin");
  private final PayloadOptions payload = new PayloadOptions(arguments);
  private final DeadLetterOptions letters = DeadLetterOptions.whereOnly(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public DlqEditCommand(Session session) {
    super(
        session,
        "relay dlq edit 01a20640-e696-7e55-9a11-52f1d2a0f6c3",
        "relay dlq edit 01a20640-e696-7e55-9a11-52f1d2a0f6c3 --file mended.json",
        "relay dlq show ID -o json | jq '.payload | .amount = 1' | relay dlq edit ID -");
  }

  @Override
  public void run() {
    if (!dash.or("-").equals("-")) {
      throw CommandFailure.usage("unknown argument \"" + dash.value() + "\"")
          .fix("the payload goes after --json or --file, or is read from stdin with -");
    }
    if (payload.said() || dash.said()) {
      retry(payload.read(session, dash.said(), "relay dlq edit " + id.value()), null);
      return;
    }
    Object before = letters.ask(session, access -> access.show(id.value())).get("payload");
    PayloadEditor editor = new PayloadEditor(session);
    Object after = editor.edit(before);
    if (Objects.equals(before, after)) {
      session.terminal().err().println("nothing was changed, so nothing was done");
      editor.forget();
      return;
    }
    retry(after, editor);
  }

  private void retry(@Nullable Object value, @Nullable PayloadEditor editor) {
    try {
      JsonObject letter =
          letters.ask(session, access -> access.retry(id.value(), JsonText.line(value)));
      Done.one(session, output, letter, "owed again");
    } catch (RelayException e) {
      boolean mendable = e.code() == ErrorCode.PAYLOAD_INVALID || e.code() == ErrorCode.KEY_MISSING;
      if (editor == null || !mendable) {
        throw e;
      }
      throw e.withRemedy(
          "what you wrote is kept: relay dlq edit " + id.value() + " --file " + editor.file());
    }
    if (editor != null) {
      editor.forget();
    }
  }
}
