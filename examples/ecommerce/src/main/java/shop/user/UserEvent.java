package shop.user;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users tell others. */
sealed interface UserEvent {
  record LinkRequested(String userId, boolean registered, Instant expiresAt) implements UserEvent {}

  record Registered(String userId, String email, @Nullable String name, boolean marketing)
      implements UserEvent {
    static Registered of(Account account) {
      return new Registered(account.userId(), account.email(), account.name(), account.marketing());
    }
  }

  record LoggedIn(String userId, String sessionId) implements UserEvent {}

  record LoggedOut(String userId, String sessionId) implements UserEvent {}

  record Updated(String userId, @Nullable String name, @Nullable String phone, boolean marketing)
      implements UserEvent {
    static Updated of(Account account) {
      return new Updated(account.userId(), account.name(), account.phone(), account.marketing());
    }
  }

  record Locked(String userId, @Nullable Instant until) implements UserEvent {}

  record Forgotten(String userId) implements UserEvent {}

  /** The mail with a link; it names the link, from which only the mail's writer makes the token. */
  record LinkMail(String userId, String to, String template, String cause, Map<String, String> data)
      implements UserEvent {
    static LinkMail of(Claim claim, String email, String linkId, Instant expiresAt) {
      Map<String, String> data = Map.of("linkId", linkId, "expiresAt", expiresAt.toString());
      return new LinkMail(claim.userId(), email, "magic_link", linkId, data);
    }
  }
}
