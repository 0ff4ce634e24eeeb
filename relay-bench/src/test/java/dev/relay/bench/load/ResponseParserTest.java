package dev.relay.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
  private final ResponseParser parser = new ResponseParser();

  @Test
  void an_answer_in_one_piece_is_complete() throws ProtocolException {
    ByteBuffer buffer = ByteBuffer.allocate(1_000);
    buffer.put(bytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nDate: now\r\n\r\n{}"));
    assertThat(parser.complete(buffer)).isTrue();
    assertThat(parser.status()).isEqualTo(200);
    assertThat(parser.sample(buffer)).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void pieces_of_any_size_make_the_same_answers_one_after_the_other(long seed)
      throws ProtocolException {
    Random random = new Random(seed);
    ByteBuffer buffer = ByteBuffer.allocate(200);
    for (int answer = 0; answer < 200; answer++) {
      int status = 200 + random.nextInt(300);
      byte[] whole = answer(status, random.nextInt(1_000));
      parser.reset();
      buffer.clear();
      for (int sent = 0; sent < whole.length; ) {
        int most = Math.min(buffer.remaining(), whole.length - sent);
        int piece = 1 + random.nextInt(most);
        buffer.put(whole, sent, piece);
        sent += piece;
        assertThat(parser.complete(buffer)).as("seed %d", seed).isEqualTo(sent == whole.length);
      }
      assertThat(parser.status()).isEqualTo(status);
    }
  }

  @Test
  void an_answer_without_a_body_ends_with_its_head() throws ProtocolException {
    ByteBuffer buffer = ByteBuffer.allocate(1_000);
    buffer.put(bytes("HTTP/1.1 202 Accepted\r\n\r\n"));
    assertThat(parser.complete(buffer)).isTrue();
    assertThat(parser.status()).isEqualTo(202);
  }

  @Test
  void what_the_client_does_not_understand_is_said() {
    assertRefused("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "chunked");
    assertRefused("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "a number");
    assertRefused("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc", "announced length");
    assertRefused("hello\r\n\r\n", "a status line");
    assertRefused("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20), "head under");
  }

  private static void assertRefused(String answer, String expected) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(answer.length(), 100));
    buffer.put(bytes(answer), 0, buffer.capacity());
    assertThatThrownBy(() -> new ResponseParser().complete(buffer))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(expected);
  }

  private static byte[] answer(int status, int length) {
    return bytes(
        "HTTP/1.1 %d Some words\r\nConnection: keep-alive\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, length, "b".repeat(length)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
