package dev.relay.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcmaPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          # pattern ; matches ; doesn't
          ^a$ ; a ; b
          ^[[]$ ; [ ; ]
          ^[a&&b]$ ; & ; c
          ^[^]$ ; x ; ``
          ^[\\]x]$ ; ] ; \\
          ^\\d+$ ; 42 ; ߀
          ^\\w$ ; a ; é
          ^\\p{Letter}+$ ; école ; 1
          ^\\p{L}$ ; é ; 1
          ^\\P{Lu}$ ; a ; A
          ^\\p{Script=Greek}$ ; λ ; l
          ^\\u{1F600}$ ; 😀 ; u
          ^\\u0061$ ; a ; u
          ^\\x61$ ; a ; x
          ^.$ ; 😀 ; ``
          ^(?<my_name>a)\\k<my_name>$ ; aa ; a
          ^(?=a)a(?!b) ; ac ; ab
          (?<=a)b ; ab ; cb
          (?<!a)b ; cb ; ab
          ^{x}$ ; {x} ; x
          ^a{2,3}$ ; aa ; a
          ^\\/\\-\\.$ ; /-. ; a
          ^\\$$ ; $ ; a
          ^(a|b)\\1$ ; aa ; ab
          ^[\\d\\-x]+$ ; 1-x ; y
          """)
  void means_what_ecma_262_says(String pattern, String matching, String other) {
    MeteredPattern compiled = new MeteredPattern(pattern);
    assertThat(compiled.matches(matching)).isTrue();
    assertThat(compiled.matches(other)).isFalse();
  }

  @Test
  void an_end_is_the_end_and_not_the_last_line_feed() {
    assertThat(new MeteredPattern("^a$").matches("a\n")).isFalse();
    assertThat(new MeteredPattern("^.$").matches("\u2028")).isFalse();
    assertThat(new MeteredPattern("^.$").matches("\u0085")).isTrue();
  }

  @Test
  void space_is_that_of_unicode() {
    for (String space : new String[] {" ", "\t", "\u000b", "\u00a0", "\ufeff", "\u2029"}) {
      assertThat(new MeteredPattern("^\\s$").matches(space)).isTrue();
      assertThat(new MeteredPattern("^[a\\s]$").matches(space)).isTrue();
      assertThat(new MeteredPattern("^\\S$").matches(space)).isFalse();
    }
    assertThat(new MeteredPattern("^\\cC$").matches("\u0003")).isTrue();
    assertThat(new MeteredPattern("^\\v$").matches("\n")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "a**",
        "\\Z",
        "\\a",
        "\\Qa\\E",
        "\\",
        "\\p",
        "\\p{Nonsense}",
        "\\c",
        "[z-a]",
        "(?<a"
      })
  void what_ecma_262_does_not_know_is_refused(String pattern) {
    assertThatThrownBy(() -> new MeteredPattern(pattern))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
