package dev.relay.definition;

import dev.relay.definition.ActorReader.Located;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code actor.yaml} files. A definition that comes out is checked: names, types, keys,
 * emits, expressions and literal schemas. Stateless and thread-safe.
 *
 * <p>All methods throw {@link InvalidDefinitionException} with every problem of every file where
 * there is at least one; a file that can't be read is a problem too.
 */
public final class ActorDefinitionReader {
  /** The name of a definition's file. */
  public static final String FILE = "actor.yaml";

  /** A definition as text, from wherever it comes. */
  public record Source(String file, String text) {}

  /** Reads one definition. */
  public ActorDefinition read(Path file) {
    return readPaths(List.of(file)).definitions().get(0);
  }

  /**
   * Reads one definition.
   *
   * @param file what to call it in messages
   */
  public ActorDefinition read(String file, String text) {
    return readAll(List.of(new Source(file, text))).definitions().get(0);
  }

  /**
   * Reads several definitions and checks that no two claim the same actor, command or event. What
   * they say of each other is checked by {@link DefinitionSet#check}, with the catalog at hand.
   *
   * @param paths each a file, an actor's folder with an {@code actor.yaml}, or a folder of such
   *     folders
   */
  public DefinitionSet readPaths(Collection<Path> paths) {
    List<Problem> problems = new ArrayList<>();
    List<Source> sources = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path path : paths) {
      for (Path file : files(path, problems)) {
        boolean again = !seen.add(file.toAbsolutePath().normalize());
        String text = again ? null : text(file, problems);
        if (text != null) {
          sources.add(new Source(file.toString(), text));
        }
      }
    }
    return definitions(sources, problems);
  }

  /** Like {@link #readPaths}, for definitions that don't come from files. */
  public DefinitionSet readAll(Collection<Source> sources) {
    return definitions(sources, new ArrayList<>());
  }

  private static DefinitionSet definitions(Collection<Source> sources, List<Problem> problems) {
    List<Located> read = new ArrayList<>();
    for (Source source : sources) {
      Problems found = new Problems(source.file());
      Located located = new ActorReader(found).read(source.text());
      problems.addAll(found.found());
      if (located != null) {
        read.add(located);
      }
    }
    problems.addAll(TogetherCheck.amongThemselves(read));
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return new DefinitionSet(read);
  }

  private static List<Path> files(Path path, List<Problem> problems) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    if (Files.isRegularFile(path.resolve(FILE))) {
      return List.of(path.resolve(FILE));
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> folders = Files.list(path)) {
      folders.map(folder -> folder.resolve(FILE)).filter(Files::isRegularFile).forEach(files::add);
    } catch (IOException unreadable) {
      problems.add(problem(path, "the folder can't be read: " + unreadable.getMessage()));
      return List.of();
    }
    if (files.isEmpty()) {
      String message = "no definition in this folder; expected a NAME/" + FILE + " for each actor";
      problems.add(problem(path, message));
    }
    files.sort(null);
    return files;
  }

  static @Nullable String text(Path file, List<Problem> problems) {
    try {
      if (!Files.isRegularFile(file)) {
        problems.add(problem(file, "no such file; give an " + FILE + " or a folder of actors"));
        return null;
      }
      if (Files.size(file) > YamlReader.MAX_CHARACTERS) {
        String limit = YamlReader.MAX_CHARACTERS + " bytes";
        problems.add(problem(file, "larger than a definition may be, which is " + limit));
        return null;
      }
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      problems.add(problem(file, "not a text in UTF-8"));
    } catch (IOException unreadable) {
      problems.add(problem(file, "can't be read: " + unreadable.getMessage()));
    }
    return null;
  }

  private static Problem problem(Path path, String message) {
    return new Problem(path.toString(), 1, 1, message, null);
  }
}
