package shop.user;

import dev.relay.actor.Handles;
import dev.relay.actor.RefusedException;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import shop.user.Account.Session;
import shop.user.UserCommand.AddAddress;
import shop.user.UserCommand.Admission;
import shop.user.UserCommand.Admit;
import shop.user.UserCommand.LinkSent;
import shop.user.UserCommand.LogOut;
import shop.user.UserCommand.Present;
import shop.user.UserCommand.Register;
import shop.user.UserCommand.Release;
import shop.user.UserCommand.RemoveAddress;
import shop.user.UserCommand.SetConsent;
import shop.user.UserCommand.Update;
import shop.user.UserEvent.Forgotten;
import shop.user.UserEvent.LinkMail;
import shop.user.UserEvent.LinkRequested;
import shop.user.UserEvent.Locked;
import shop.user.UserEvent.LoggedIn;
import shop.user.UserEvent.LoggedOut;
import shop.user.UserEvent.Registered;
import shop.user.UserEvent.Updated;

/**
 * Who shops here: first what is said to the claim of an e-mail address, then what is said to an
 * account.
 */
public final class UserActor extends RelayActor<User> {
  private final MagicTokens tokens;

  /** With the key of the environment, see {@link MagicTokens#of}. */
  public UserActor() {
    this(MagicTokens.of(System.getenv()));
  }

  UserActor(MagicTokens tokens) {
    this.tokens = tokens;
  }

  // to the claim of an address

  @Handles("REGISTER_USER")
  LinkSent register(Register command, Turn<User> turn) {
    Claim claim = claim(turn);
    if (claim.verified()) {
      throw turn.refuse("EMAIL_TAKEN", "this address has an account; log in with SEND_MAGIC_LINK");
    }
    return sendLink(claim.wishing(command.name(), Boolean.TRUE.equals(command.marketing())), turn);
  }

  @Handles("SEND_MAGIC_LINK")
  LinkSent sendLink(Turn<User> turn) {
    return sendLink(claim(turn), turn);
  }

  @Handles(value = "VERIFY_TOKEN", waits = true)
  Session verify(Present command, Turn<User> turn) {
    if (claim(turn).verified()) {
      throw turn.refuse("EMAIL_TAKEN", "this address has an account; use the token with LOG_IN");
    }
    return admit(command, turn);
  }

  @Handles(value = "LOG_IN", waits = true)
  Session logIn(Present command, Turn<User> turn) {
    if (!claim(turn).verified()) {
      throw turn.refuse("NOT_REGISTERED", "no account has this address; use VERIFY_TOKEN first");
    }
    return admit(command, turn);
  }

  @Handles("RELEASE_EMAIL")
  void release(Release command, Turn<User> turn) {
    if (claim(turn).userId().equals(command.userId())) {
      turn.become(new User.Free());
    }
  }

  // to an account

  @Handles("ADMIT_USER")
  Admission admit(Admit command, Turn<User> turn) {
    User user = turn.state().orElseGet(() -> new User.Newcomer(command.userId(), Attempts.NONE));
    Attempts attempts = attempts(user, turn);
    if (attempts.isLocked(turn.now())) {
      throw turn.refuse(
          "USER_LOCKED", "too many wrong tokens; try after " + attempts.lockedUntil());
    }
    return command.right() ? admitted(user, command, turn) : turnedAway(user, attempts, turn);
  }

  @Handles("LOG_OUT")
  void logOut(LogOut command, Turn<User> turn) {
    Account account = account(turn);
    Account left = account.loggedOut(command.sessionId());
    if (!left.equals(account)) {
      turn.become(left);
      turn.emit("USER_LOGGED_OUT", new LoggedOut(account.userId(), command.sessionId()));
    }
  }

  @Handles("UPDATE_USER")
  Account update(Update command, Turn<User> turn) {
    return updated(account(turn).updated(command.name(), command.phone()), turn);
  }

  @Handles("ADD_ADDRESS")
  Account addAddress(AddAddress command, Turn<User> turn) {
    Account changed = account(turn).with(command.address());
    if (changed.addresses().size() > Account.MOST_ADDRESSES) {
      throw turn.refuse(
          "TOO_MANY_ADDRESSES", "an account has at most " + Account.MOST_ADDRESSES + " addresses");
    }
    return updated(changed, turn);
  }

  @Handles("REMOVE_ADDRESS")
  Account removeAddress(RemoveAddress command, Turn<User> turn) {
    return updated(account(turn).without(command.addressId()), turn);
  }

  @Handles("SET_CONSENT")
  Account setConsent(SetConsent command, Turn<User> turn) {
    return updated(account(turn).wanting(command.marketing()), turn);
  }

  @Handles(value = "ERASE_USER", waits = true)
  User.Erased erase(Turn<User> turn) {
    if (turn.state().orElse(null) instanceof User.Erased erased) {
      return erased;
    }
    Account account = account(turn);
    turn.ask("user", "RELEASE_EMAIL", new Release(account.email(), account.userId()));
    turn.emit("USER_ERASED", new Forgotten(account.userId()));
    return turn.become(new User.Erased(account.userId(), turn.now()));
  }

  @Handles("GET_USER")
  Account account(Turn<User> turn) {
    User user = turn.state().orElse(null);
    if (user instanceof Account account) {
      return account;
    }
    throw user instanceof User.Erased
        ? turn.refuse("USER_ERASED", "this user was erased")
        : turn.refuse("NOT_REGISTERED", "there is no such user");
  }

  @Handles("EMAIL_BOUNCED")
  void bounced(Turn<User> turn) {
    if (turn.state().orElse(null) instanceof Account account) {
      turn.become(account.asUnreachable());
    }
  }

  /** The claim as it is, or a new one for a user who gets the id of this message. */
  private static Claim claim(Turn<User> turn) {
    return turn.state().orElse(null) instanceof Claim claim
        ? claim
        : Claim.of(turn.message().id().value());
  }

  private LinkSent sendLink(Claim claim, Turn<User> turn) {
    String email = turn.self().key();
    String linkId = turn.message().id().value();
    var expiresAt = turn.now().plus(Claim.Link.LIFE).truncatedTo(ChronoUnit.SECONDS);
    String hash = MagicTokens.hash(tokens.token(linkId, email));
    turn.become(claim.with(new Claim.Link(hash, expiresAt)));
    turn.sendAfter(
        Duration.ZERO, "SEND_EMAIL", LinkMail.of(claim, email, linkId, expiresAt), "link");
    turn.emit(
        "MAGIC_LINK_REQUESTED", new LinkRequested(claim.userId(), claim.verified(), expiresAt));
    return new LinkSent(claim.userId(), expiresAt);
  }

  /**
   * A wrong token ends in a refusal, which no journal keeps: it may be right for another address.
   * So it is the account that counts it. A right one is spent in the commit that journals it.
   */
  private static Session admit(Present command, Turn<User> turn) {
    if (!(turn.state().orElse(null) instanceof Claim claim)) {
      throw tokenInvalid(turn);
    }
    Claim.Link link = claim.link();
    boolean right = link != null && link.opensWith(command.token());
    if (link != null && right && !turn.now().isBefore(link.expiresAt())) {
      throw turn.refuse("TOKEN_EXPIRED", "this link is too old; ask for another");
    }
    String sessionId = turn.message().id().value();
    Admit admit =
        new Admit(
            claim.userId(), command.email(), claim.name(), claim.marketing(), sessionId, right);
    Admission answer = turn.ask("user", "ADMIT_USER", admit).as(Admission.class);
    if (answer.expiresAt() == null) {
      throw tokenInvalid(turn);
    }
    turn.become(claim.proven());
    return new Session(claim.userId(), sessionId, answer.expiresAt());
  }

  private static RefusedException tokenInvalid(Turn<User> turn) {
    return turn.refuse("TOKEN_INVALID", "this token isn't that of the last link, or was used");
  }

  private static Attempts attempts(User user, Turn<User> turn) {
    if (user instanceof Account account) {
      return account.attempts();
    }
    if (user instanceof User.Newcomer newcomer) {
      return newcomer.attempts();
    }
    throw turn.refuse("USER_ERASED", "this user was erased");
  }

  private static Admission admitted(User user, Admit command, Turn<User> turn) {
    Account account;
    if (user instanceof Account known) {
      account = known;
    } else {
      account = Account.of(command.userId(), command.email(), command.name(), command.marketing());
      turn.emit("USER_REGISTERED", Registered.of(account));
    }
    Session session =
        new Session(account.userId(), command.sessionId(), turn.now().plus(Session.LIFE));
    turn.become(account.loggedIn(session, turn.now()));
    turn.emit("USER_LOGGED_IN", new LoggedIn(account.userId(), session.sessionId()));
    return new Admission(true, session.expiresAt());
  }

  private static Admission turnedAway(User user, Attempts attempts, Turn<User> turn) {
    Attempts more = attempts.failedAgain(turn.now());
    turn.become(
        user instanceof Account account
            ? account.with(more)
            : new User.Newcomer(turn.self().key(), more));
    if (more.isLocked(turn.now())) {
      turn.emit("USER_LOCKED", new Locked(turn.self().key(), more.lockedUntil()));
    }
    return new Admission(false, null);
  }

  private static Account updated(Account account, Turn<User> turn) {
    turn.emit("USER_UPDATED", Updated.of(account));
    return turn.become(account);
  }
}
