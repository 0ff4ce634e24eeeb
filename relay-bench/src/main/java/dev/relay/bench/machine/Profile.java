package dev.relay.bench.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a node's Java threads spent their time, out of a flight recording. Time in the kernel, in
 * the compiler and in the collector isn't in it: that is what the thread groups are for.
 *
 * @param samples how many there were
 * @param methods share of samples by the method on top
 * @param owners share of samples by the package that had the top method called, the JDK's own
 *     packages skipped
 * @param allocated share of allocated bytes by owner
 * @param megabytesAllocated all that was allocated, as sampled
 * @param pauseMillis sum of the collector's pauses
 */
public record Profile(
    long samples,
    Map<String, Double> methods,
    Map<String, Double> owners,
    Map<String, Double> allocated,
    double megabytesAllocated,
    double pauseMillis) {
  private static final int SHOWN = 25;
  private static final int PACKAGE_DEPTH = 4;
  private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

  public static Profile read(Path recording) throws IOException {
    Map<String, Double> methods = new HashMap<>();
    Map<String, Double> owners = new HashMap<>();
    Map<String, Double> allocated = new HashMap<>();
    double pauses = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        switch (event.getEventType().getName()) {
          case "jdk.ExecutionSample" -> {
            methods.merge(top(event), 1.0, Double::sum);
            owners.merge(owner(event), 1.0, Double::sum);
          }
          case "jdk.ObjectAllocationSample" ->
              allocated.merge(owner(event), (double) event.getLong("weight"), Double::sum);
          case "jdk.GCPhasePause" -> pauses += event.getDuration().toNanos() / 1e6;
          default -> {}
        }
      }
    }
    return new Profile(
        Math.round(sum(methods)),
        largest(methods),
        largest(owners),
        largest(allocated),
        sum(allocated) / 1024 / 1024,
        pauses);
  }

  private static String top(RecordedEvent event) {
    return frames(event).stream().findFirst().map(Profile::method).orElse("?");
  }

  /** Package of the nearest caller that isn't the JDK's. */
  private static String owner(RecordedEvent event) {
    return frames(event).stream()
        .map(frame -> frame.getMethod().getType().getName())
        .filter(type -> JDK.stream().noneMatch(type::startsWith))
        .findFirst()
        .map(Profile::packageOf)
        .orElse("(jdk alone)");
  }

  private static List<RecordedFrame> frames(RecordedEvent event) {
    return event.getStackTrace() == null ? List.of() : event.getStackTrace().getFrames();
  }

  private static String method(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static String packageOf(String type) {
    String[] parts = type.split("\\.", -1);
    int depth = Math.max(1, Math.min(parts.length - 1, PACKAGE_DEPTH));
    return String.join(".", List.of(parts).subList(0, depth));
  }

  private static double sum(Map<String, Double> weights) {
    return weights.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Map<String, Double> largest(Map<String, Double> weights) {
    double all = sum(weights);
    return weights.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> e.getValue() / all, (a, b) -> a, LinkedHashMap::new));
  }
}
