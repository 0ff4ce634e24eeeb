package dev.relay.cli.command.serve;

import dev.relay.cli.config.Value;
import dev.relay.cli.failure.CommandFailure;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the classes of a project: those that actor definitions name, and its verbs. */
public final class ActorClasses {
  private ActorClasses() {}

  /**
   * A loader over the class path's folders and jars; {@code FOLDER/*} stands for all jars in it.
   */
  public static URLClassLoader loader(Value classPath) {
    List<URL> urls = new ArrayList<>();
    for (Path path : classPath.paths()) {
      if (path.endsWith("*")) {
        jars(path.resolveSibling(""), classPath).forEach(jar -> urls.add(url(jar)));
      } else if (Files.exists(path)) {
        urls.add(url(path));
      } else {
        throw missing(path, classPath);
      }
    }
    return new URLClassLoader(
        "actors", urls.toArray(new URL[0]), ActorClasses.class.getClassLoader());
  }

  private static List<Path> jars(Path folder, Value classPath) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw missing(folder, classPath);
    }
  }

  private static CommandFailure missing(Path path, Value classPath) {
    return CommandFailure.usage("the class path names " + path + ", which isn't there")
        .fix("build it, or mend the class path (from: " + classPath.source() + ")");
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("a path that is no URL: " + path, e);
    }
  }
}
