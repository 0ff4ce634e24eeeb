package dev.relay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1.0.1, 1.0.0, true",
    "1.10.0, 1.9.9, true",
    "2.0.0, 1.99.99, true",
    "1.0.0, 1.0.0, false",
    "1.0.0, 1.0.1, false",
    "1.0.0, 1.0.0-rc.1, true",
    "1.0.0-rc.1, 1.0.0, false",
    "1.0.0-beta, 1.0.0-alpha, true",
    "1.0.0+build, 1.0.0, false",
    "nonsense, 1.0.0, false",
  })
  void later_is_by_number_and_a_release_after_its_candidates(
      String text, String than, boolean later) {
    assertThat(SemanticVersion.isLater(text, than)).isEqualTo(later);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "1.0", "1.0.0.0", "01.0.0", "v1.0.0", "1.0.0-", "", "1.0.1000000000"})
  void other_texts_are_no_versions(String text) {
    assertThat(SemanticVersion.of(text)).isEmpty();
  }
}
