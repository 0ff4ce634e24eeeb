package dev.relay.cli.command;

import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.View;
import dev.relay.failure.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page of an error code. */
record ErrorPage(ErrorCode code, String page) implements View {
  @Override
  public Object tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("code", code.code());
    tree.put("title", code.title());
    tree.put("exit_code", ExitCode.of(code).number());
    tree.put("page", page);
    return tree;
  }

  @Override
  public List<String> names() {
    return List.of(code.code());
  }

  @Override
  public String text(Style style) {
    ExitCode exit = ExitCode.of(code);
    String head = style.bold(code.code()) + "  " + code.title();
    return head + "\n\n" + page + "\nExit code " + exit.number() + " (" + exit.title() + ")\n";
  }
}
