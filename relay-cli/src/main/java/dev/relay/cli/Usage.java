package dev.relay.cli;

import dev.relay.cli.failure.CommandFailure;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong with the words of a command line. */
final class Usage {
  private Usage() {}

  static CommandFailure failure(ParameterException e) {
    String help = e.getCommandLine().getCommandSpec().name() + " --help";
    return CommandFailure.usage(sentence(e)).fix(help);
  }

  private static String sentence(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return lowerFirst(String.valueOf(e.getMessage()));
    }
    String word = unmatched.getUnmatched().get(0);
    List<String> near = word.startsWith("-") ? unmatched.getSuggestions() : List.of();
    String kind = word.startsWith("-") ? "option" : "argument";
    String meant = near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?";
    return "unknown " + kind + " \"" + word + "\"" + meant;
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
