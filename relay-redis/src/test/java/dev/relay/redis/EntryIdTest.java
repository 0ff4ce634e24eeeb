package dev.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.store.FeedPosition;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EntryIdTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ids_are_ordered_like_positions_and_lead_back_to_them(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      FeedPosition a = position(random);
      FeedPosition b = position(random);
      assertThat(EntryId.position(EntryId.of(a))).isEqualTo(a);
      assertThat(Integer.signum(compare(EntryId.of(a), EntryId.of(b))))
          .isEqualTo(Integer.signum(a.compareTo(b)));
    }
  }

  private static FeedPosition position(Random random) {
    boolean few = random.nextBoolean();
    return new FeedPosition(
        random.nextLong(few ? 2 : 1L << 62),
        random.nextLong(few ? 2 : 1L << 43),
        random.nextInt(few ? 2 : 1 << 20));
  }

  /** As Redis compares: two unsigned numbers of 64 bits. */
  private static int compare(String a, String b) {
    String[] left = a.split("-", 2);
    String[] right = b.split("-", 2);
    int first = Long.compareUnsigned(number(left[0]), number(right[0]));
    return first != 0 ? first : Long.compareUnsigned(number(left[1]), number(right[1]));
  }

  private static long number(String text) {
    return Long.parseUnsignedLong(text);
  }
}
