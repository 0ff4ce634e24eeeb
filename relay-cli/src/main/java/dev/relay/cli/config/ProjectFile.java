package dev.relay.cli.config;

import dev.relay.cli.failure.CommandFailure;
import dev.relay.schema.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** The {@code relay.yaml} of a project, every key checked. */
final class ProjectFile {
  /** {@code verbs.NAME.class} and {@code verbs.NAME.line}. */
  private static final Pattern VERB = Pattern.compile("verbs\\.[a-z][a-z0-9-]*\\.(class|line)");

  private static final Pattern VERB_SECTION = Pattern.compile("verbs(\\.[a-z][a-z0-9-]*)?");

  private final Path file;
  private final Map<String, List<String>> values = new HashMap<>();

  private ProjectFile(Path file) {
    this.file = file;
  }

  /** The values of the file by key; none where there is no such file. */
  static Map<String, List<String>> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    ProjectFile project = new ProjectFile(file);
    try {
      project.collect("", compose(Files.readString(file)));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw CommandFailure.usage(file + ":" + line + " isn't YAML: " + e.getProblem());
    } catch (YAMLException | IOException e) {
      throw CommandFailure.usage(file + " can't be read: " + e.getMessage());
    }
    return project.values;
  }

  // every scalar is wanted as the text that was written, so no type is resolved: that also spares
  // a short verb the compiling of a dozen regular expressions
  private static Node compose(String text) {
    Resolver texts =
        new Resolver() {
          @Override
          protected void addImplicitResolvers() {}
        };
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    return new Composer(new ParserImpl(new StreamReader(text), options), texts, options)
        .getSingleNode();
  }

  private void collect(String prefix, @org.jspecify.annotations.Nullable Node node) {
    if (node == null || (node instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      throw problem(node, "\"key: value\" lines are expected here");
    }
    for (NodeTuple entry : mapping.getValue()) {
      String key = prefix + text(entry.getKeyNode());
      if (isSection(key)) {
        collect(key + ".", entry.getValueNode());
      } else {
        check(key, entry.getKeyNode());
        values.put(key, texts(entry.getValueNode()));
      }
    }
  }

  private static boolean isSection(String key) {
    if (key.startsWith("verbs")) {
      return VERB_SECTION.matcher(key).matches();
    }
    for (Setting setting : Setting.values()) {
      if (setting.key().startsWith(key + ".")) {
        return true;
      }
    }
    return false;
  }

  private void check(String key, Node node) {
    if (VERB.matcher(key).matches()) {
      return;
    }
    List<String> keys = new ArrayList<>(List.of("verbs"));
    for (Setting setting : Setting.values()) {
      keys.add(setting.key());
    }
    if (key.startsWith("verbs.")) {
      throw problem(node, "a verb has a \"class\" and a \"line\", found \"" + key + "\"");
    }
    if (!keys.contains(key)) {
      throw problem(node, "unknown key \"" + key + "\"" + Nearest.suggestion(key, keys))
          .fix("the keys are " + String.join(", ", keys));
    }
  }

  private List<String> texts(Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(text(node));
    }
    List<String> texts = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      texts.add(text(item));
    }
    return texts;
  }

  private String text(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw problem(node, "one value is expected here");
  }

  private CommandFailure problem(Node node, String message) {
    return CommandFailure.usage(file + ":" + (node.getStartMark().getLine() + 1) + " " + message);
  }
}
