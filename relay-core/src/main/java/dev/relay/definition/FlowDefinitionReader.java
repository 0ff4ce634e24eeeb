package dev.relay.definition;

import dev.relay.definition.FlowReader.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads {@code flows/*.yaml}. Stateless and thread-safe. All methods throw {@link
 * InvalidDefinitionException} with every problem of every file where there is at least one.
 */
public final class FlowDefinitionReader {
  /**
   * Reads flows.
   *
   * @param paths each a file, or a folder whose {@code *.yaml} are read
   */
  public FlowSet readPaths(Collection<Path> paths) {
    List<Problem> problems = new ArrayList<>();
    List<ActorDefinitionReader.Source> sources = new ArrayList<>();
    for (Path path : paths) {
      for (Path file : files(path, problems)) {
        String text = ActorDefinitionReader.text(file, problems);
        if (text != null) {
          sources.add(new ActorDefinitionReader.Source(file.toString(), text));
        }
      }
    }
    return flows(sources, problems);
  }

  /** The folders {@code flows} beside folders of actors, where there are any. */
  public static List<Path> beside(Collection<Path> actorPaths) {
    return actorPaths.stream()
        .filter(Files::isDirectory)
        .map(path -> path.toAbsolutePath().normalize().resolveSibling("flows"))
        .filter(Files::isDirectory)
        .distinct()
        .toList();
  }

  /** Like {@link #readPaths}, for flows that don't come from files. */
  public FlowSet readAll(Collection<ActorDefinitionReader.Source> sources) {
    return flows(sources, new ArrayList<>());
  }

  private static FlowSet flows(
      Collection<ActorDefinitionReader.Source> sources, List<Problem> problems) {
    List<Located> read = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (ActorDefinitionReader.Source source : sources) {
      Problems found = new Problems(source.file());
      Located located = new FlowReader(found).read(source.text());
      if (located != null) {
        read.add(located);
        String name = located.flow().name();
        String other = name.isEmpty() ? null : names.putIfAbsent(name, source.file());
        if (other != null) {
          found.add(located.places().of("name"), other + " defines the flow " + name + " already");
        }
      }
      problems.addAll(found.found());
    }
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return new FlowSet(read);
  }

  private static List<Path> files(Path path, List<Problem> problems) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> found = Files.list(path)) {
      return found
          .filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      String message = "the folder can't be read: " + unreadable.getMessage();
      problems.add(new Problem(path.toString(), 1, 1, message, null));
      return List.of();
    }
  }
}
