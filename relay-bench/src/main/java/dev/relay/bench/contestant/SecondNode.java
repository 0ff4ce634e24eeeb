package dev.relay.bench.contestant;

import dev.relay.Relay;
import dev.relay.redis.RedisConfig;
import dev.relay.redis.RedisTransport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import shop.analytics.AnalyticsActor;

/** A node in a process of its own, which ends when its standard input does. */
final class SecondNode {
  private SecondNode() {}

  /** The node that all processes of the contestant run. */
  static Relay relay(Database database, int redisPort) {
    return Relay.builder()
        .postgres(database.jdbcUrl(), database.user(), database.password())
        .actors(Path.of(System.getProperty("bench.actors", "examples/ecommerce/actors")))
        .actor(AnalyticsActor.countingOnly())
        .host("cart", "inventory", "analytics")
        .transport(new RedisTransport(RedisConfig.at("127.0.0.1", redisPort)))
        .start();
  }

  /** Starts it with the JVM options of this process. */
  static Process start(Database database, int redisPort) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), SecondNode.class.getName()));
    command.addAll(
        List.of(
            database.jdbcUrl(), database.user(), database.password(), Integer.toString(redisPort)));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] words) throws IOException {
    Database database = new Database(words[0], words[1], words[2]);
    Relay relay = relay(database, Integer.parseInt(words[3]));
    while (System.in.read() >= 0) {
      // nothing is said, only the end counts
    }
    relay.close();
    System.exit(0);
  }
}
