package dev.relay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodingTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatever_is_coded_is_read_back_by_us_and_by_others(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = text(random);

      String coded = PercentCoding.encode(text);

      assertThat(coded).matches("[A-Za-z0-9%._~-]*");
      assertThat(PercentCoding.decode(coded, false)).isEqualTo(text);
      assertThat(PercentCoding.decode(coded, true)).isEqualTo(text);
      assertThat(URLDecoder.decode(coded, StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int point = random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10ffff);
      text.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? 'x' : point);
    }
    return text.toString();
  }
}
