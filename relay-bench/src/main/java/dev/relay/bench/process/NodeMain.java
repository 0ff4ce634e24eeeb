package dev.relay.bench.process;

import dev.relay.bench.contestant.Contestants;
import dev.relay.bench.contestant.Door;
import dev.relay.bench.contestant.Running;
import dev.relay.bench.load.Carts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** A process with one contestant in it. It ends when the driver closes its standard input. */
final class NodeMain {
  /** Half of what the JDK's own profile settings say: a phase is short. */
  private static final Duration SAMPLE_PERIOD = Duration.ofMillis(5);

  private final Wire wire;
  private @Nullable Recording recording;

  private NodeMain(Wire wire) {
    this.wire = wire;
  }

  public static void main(String[] args) throws IOException {
    Wire wire = Wire.ofStandardStreams();
    try {
      new NodeMain(wire).serve();
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      wire.failed(e);
    }
    System.exit(0); // whatever threads a contestant leaves behind
  }

  private void serve() throws Exception {
    Order start = Objects.requireNonNull(wire.order(Order.class), "the first order");
    try (Running running =
        Contestants.named(Objects.requireNonNull(start.contestant()))
            .start(Objects.requireNonNull(start.database()), new Carts(start.carts()))) {
      wire.answer(new Started(running.door() instanceof Door.Http http ? http.port() : 0));
      Order order = wire.order(Order.class);
      while (order != null) {
        wire.answer(obey(order, running.door()));
        order = wire.order(Order.class);
      }
    }
  }

  private Object obey(Order order, Door door) throws Exception {
    return switch (order.verb()) {
      case RUN -> ((Door.InProcess) door).workload().run(order.clients(), order.length());
      case MEMORY -> HeapUse.now();
      case PROFILE -> profile();
      case PROFILED -> profiled(Path.of(Objects.requireNonNull(order.file())));
      case START_NODE, START_LOAD -> throw new IllegalStateException("already started");
    };
  }

  private String profile() throws Exception {
    Recording started = new Recording(Configuration.getConfiguration("profile"));
    started.enable("jdk.ExecutionSample").withPeriod(SAMPLE_PERIOD);
    started.disable("jdk.NativeMethodSample"); // threads that wait for a socket or a selector
    started.start();
    recording = started;
    return "recording";
  }

  private String profiled(Path file) throws IOException {
    try (Recording done = Objects.requireNonNull(recording, "no recording was started")) {
      done.stop();
      done.dump(file);
    }
    recording = null;
    return file.toString();
  }
}
