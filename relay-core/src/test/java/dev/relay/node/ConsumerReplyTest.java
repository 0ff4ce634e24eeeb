package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.message.MessageId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsumerReplyTest {
  private static final ActorAddress EAR = new ActorAddress("ear", "k1");

  static EventReply[] replies() {
    return new EventReply[] {
      EventReply.replied("DONE", EAR, Json.mapper().readTree("{\"n\":1}")),
      EventReply.replied("DONE", EAR, null),
      EventReply.failed(
          "DONE", EAR, RelayException.of(ErrorCode.REFUSED, "no").reason("DEAF").build()),
      EventReply.failed("DONE", EAR, RelayException.of(ErrorCode.HANDLER_FAILED, "broke").build())
    };
  }

  @ParameterizedTest
  @MethodSource("replies")
  void a_reply_is_the_same_after_its_way_as_a_letter(EventReply reply) {
    ConsumerReply sent = new ConsumerReply(MessageId.mint(), MessageId.mint(), reply);

    assertThat(ConsumerReply.ofJson(sent.toJson())).isEqualTo(sent);
  }
}
