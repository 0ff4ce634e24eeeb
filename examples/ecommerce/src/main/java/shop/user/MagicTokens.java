package shop.user;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens of magic links. A token follows from the id of its link, the address and a key that
 * only the environment knows. So whoever asks for a link and whoever writes the mail agree on the
 * token without one handing it to the other: messages carry the link's id, which opens nothing, the
 * state of the address keeps a hash, and the token itself is in memory and in the mail only.
 * Immutable, thread-safe.
 */
public final class MagicTokens {
  private static final String MAC = "HmacSHA256";

  /**
   * For trying the shop out: mails stay in the sandbox then, where anybody can read them anyway.
   */
  private static final String SANDBOX_KEY = "a key for the sandbox, known to everybody";

  private final SecretKeySpec key;

  MagicTokens(String key) {
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC);
  }

  /**
   * With the key of {@code SHOP_LINK_KEY}, the same on all nodes; while mails stay in the sandbox,
   * one of its own will do.
   *
   * @throws IllegalStateException where mails are really sent and there is no key, or a short one
   */
  public static MagicTokens of(Map<String, String> environment) {
    String key = environment.getOrDefault("SHOP_LINK_KEY", "");
    if (!environment.containsKey("SENDGRID_API_KEY") && key.isEmpty()) {
      return new MagicTokens(SANDBOX_KEY);
    }
    if (key.length() < 32) {
      throw new IllegalStateException(
          "with SENDGRID_API_KEY, SHOP_LINK_KEY has at least 32 random characters, the same on all"
              + " nodes, not "
              + key.length()
              + "; make one with: openssl rand -base64 32");
    }
    return new MagicTokens(key);
  }

  /** The token of a link that goes to an address: 256 bits as 43 letters, digits, - and _. */
  public String token(String linkId, String email) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      byte[] code = mac.doFinal((linkId + "\n" + email).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + MAC, e);
    }
  }

  /** What is kept of a token. Its 256 bits can't be guessed, so there is nothing to salt. */
  static String hash(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}
