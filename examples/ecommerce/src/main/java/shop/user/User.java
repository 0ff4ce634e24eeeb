package shop.user;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/**
 * What an instance remembers. One keyed by an address is a claim to it, one keyed by a userId is
 * the account.
 *
 * <pre>
 *   address:  ──▶ Claim ──release──▶ Free ──▶ Claim …
 *   userId:   ──▶ Newcomer ──register──▶ Account ──erase──▶ Erased
 * </pre>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
sealed interface User permits Claim, User.Free, User.Newcomer, Account, User.Erased {
  /** An address that nobody claims any more. */
  @JsonTypeName("free")
  record Free() implements User {}

  /** Somebody who has yet to prove an address. */
  @JsonTypeName("newcomer")
  record Newcomer(String userId, Attempts attempts) implements User {}

  /** Somebody who is forgotten but for an id that others refer to. */
  @JsonTypeName("erased")
  record Erased(String userId, Instant erasedAt) implements User {}
}
