package shop.user;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered user. Immutable.
 *
 * @param addresses where to send things, at most {@value #MOST_ADDRESSES}
 * @param marketing whether they want advertising
 * @param reachable whether no mail has come back
 * @param sessions where they are logged in, the newest {@value #MOST_SESSIONS}
 * @param attempts wrong tokens in a row
 */
@JsonTypeName("account")
record Account(
    String userId,
    String email,
    @Nullable String name,
    @Nullable String phone,
    List<Address> addresses,
    boolean marketing,
    boolean reachable,
    List<Session> sessions,
    Attempts attempts)
    implements User {
  static final int MOST_ADDRESSES = 20;
  static final int MOST_SESSIONS = 10;

  record Address(
      String addressId,
      String recipient,
      String street,
      String postalCode,
      String city,
      String country) {}

  /** Names a place where the user is logged in; it is no credential. */
  record Session(String userId, String sessionId, Instant expiresAt) {
    static final Duration LIFE = Duration.ofDays(30);
  }

  Account {
    addresses = List.copyOf(addresses);
    sessions = List.copyOf(sessions);
  }

  static Account of(String userId, String email, @Nullable String name, boolean marketing) {
    return new Account(
        userId, email, name, null, List.of(), marketing, true, List.of(), Attempts.NONE);
  }

  Account updated(@Nullable String newName, @Nullable String newPhone) {
    return new Account(
        userId,
        email,
        newName == null ? name : newName,
        newPhone == null ? phone : newPhone,
        addresses,
        marketing,
        reachable,
        sessions,
        attempts);
  }

  Account with(Address address) {
    List<Address> changed = new ArrayList<>(without(address.addressId()).addresses);
    changed.add(address);
    return withAddresses(changed);
  }

  Account without(String addressId) {
    return withAddresses(
        addresses.stream().filter(one -> !one.addressId().equals(addressId)).toList());
  }

  Account wanting(boolean advertising) {
    return new Account(
        userId, email, name, phone, addresses, advertising, reachable, sessions, attempts);
  }

  Account asUnreachable() {
    return new Account(userId, email, name, phone, addresses, marketing, false, sessions, attempts);
  }

  Account with(Attempts changed) {
    return new Account(
        userId, email, name, phone, addresses, marketing, reachable, sessions, changed);
  }

  /** Logged in, with nothing left of wrong attempts or of sessions that are over. */
  Account loggedIn(Session session, Instant now) {
    List<Session> open = new ArrayList<>(sessions);
    open.removeIf(one -> !one.expiresAt().isAfter(now));
    open.add(session);
    return withSessions(open.subList(Math.max(0, open.size() - MOST_SESSIONS), open.size()))
        .with(Attempts.NONE);
  }

  Account loggedOut(String sessionId) {
    return withSessions(
        sessions.stream().filter(one -> !one.sessionId().equals(sessionId)).toList());
  }

  private Account withAddresses(List<Address> changed) {
    return new Account(
        userId, email, name, phone, changed, marketing, reachable, sessions, attempts);
  }

  private Account withSessions(List<Session> changed) {
    return new Account(
        userId, email, name, phone, addresses, marketing, reachable, changed, attempts);
  }
}
