package shop.notification;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent.
 *
 * @param to where to; the address on file where it is absent
 * @param data what fills the gaps of the template
 */
record Send(
    String userId,
    @Nullable String to,
    String template,
    String cause,
    @Nullable Map<String, String> data) {
  static Send of(String userId, String template, String cause, Map<String, String> data) {
    return new Send(userId, null, template, cause, data);
  }

  /** The same for every attempt: by it a provider or the sandbox recognises a repetition. */
  String id(Channel channel) {
    return String.join("/", userId, channel.name(), template, cause);
  }
}
