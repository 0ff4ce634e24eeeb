package dev.relay.bench.contestant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContestantsTest {
  @Test
  void no_words_mean_all_and_a_word_means_its_name_or_what_begins_with_it() {
    assertThat(names()).contains("a", "b", "c1");
    assertThat(names("c")).containsExactly("c1", "c2", "c1-consumed", "c2-consumed");
    assertThat(names("c1")).containsExactly("c1");
    assertThat(names("b", "a")).containsExactly("a", "b");
  }

  @Test
  void an_unknown_word_is_refused_with_the_known_names() {
    assertThatThrownBy(() -> names("a", "nonsense"))
        .hasMessageContaining("\"nonsense\"")
        .hasMessageContaining("c2-consumed");
  }

  private static List<String> names(String... words) {
    return Contestants.matching(List.of(words)).stream().map(Contestant::name).toList();
  }
}
