package dev.relay.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ProfileTest {
  @TempDir private Path folder;

  @Test
  void time_is_given_to_the_package_that_called_the_jdk() throws Exception {
    Path file = folder.resolve("some.jfr");
    await().atMost(Duration.ofSeconds(30)).until(() -> busyProfile(file).samples() > 5);
    Profile profile = Profile.read(file);
    assertThat(profile.owners().keySet()).anyMatch(name -> name.startsWith("tools.jackson"));
    assertThat(profile.owners().keySet()).noneMatch(name -> name.startsWith("java."));
    assertThat(profile.methods().values().stream().mapToDouble(share -> share).sum())
        .isBetween(0.0, 1.001);
  }

  private static Profile busyProfile(Path file) throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(5));
      recording.start();
      long end = System.nanoTime() + 300_000_000;
      String json = "[" + "{\"a\":[1,2,3]},".repeat(1_000) + "null]";
      while (System.nanoTime() < end) {
        assertThat(JsonMapper.shared().readTree(json).size()).isEqualTo(1_001);
      }
      recording.stop();
      recording.dump(file);
    }
    return Profile.read(file);
  }
}
