package shop.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is asked of users and of claims, and the shorter answers. */
sealed interface UserCommand {
  record Register(@Nullable String name, @Nullable Boolean marketing) implements UserCommand {}

  record Present(String email, String token) implements UserCommand {}

  /**
   * @param right whether the token that was presented is the one that was sent
   */
  record Admit(
      String userId,
      String email,
      @Nullable String name,
      boolean marketing,
      String sessionId,
      boolean right)
      implements UserCommand {}

  record Admission(boolean admitted, @Nullable Instant expiresAt) implements UserCommand {}

  record LinkSent(String userId, Instant expiresAt) implements UserCommand {}

  record Update(@Nullable String name, @Nullable String phone) implements UserCommand {}

  record AddAddress(Account.Address address) implements UserCommand {}

  record RemoveAddress(String addressId) implements UserCommand {}

  record SetConsent(boolean marketing) implements UserCommand {}

  record LogOut(String sessionId) implements UserCommand {}

  record Release(String email, String userId) implements UserCommand {}
}
