package shop.user;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one user to an e-mail address. Immutable.
 *
 * @param userId whose it is, or will be
 * @param name as given at registration
 * @param marketing as wished at registration
 * @param verified whether a token has come back: from then on nobody else can register it
 * @param link the one link whose token is still to come back
 */
@JsonTypeName("claim")
record Claim(
    String userId, @Nullable String name, boolean marketing, boolean verified, @Nullable Link link)
    implements User {
  /** A link that was sent: the hash of its token, and when that is too old. */
  record Link(String hash, Instant expiresAt) {
    static final Duration LIFE = Duration.ofMinutes(15);

    boolean opensWith(String token) {
      return MessageDigest.isEqual(bytes(hash), bytes(MagicTokens.hash(token)));
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  static Claim of(String userId) {
    return new Claim(userId, null, false, false, null);
  }

  Claim wishing(@Nullable String otherName, boolean otherMarketing) {
    return new Claim(userId, otherName, otherMarketing, verified, link);
  }

  Claim with(Link sent) {
    return new Claim(userId, name, marketing, verified, sent);
  }

  /** After the token has come back, which opens nothing any more. */
  Claim proven() {
    return new Claim(userId, name, marketing, true, null);
  }
}
