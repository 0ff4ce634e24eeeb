package shop.payment;

import dev.relay.actor.Answer;
import dev.relay.actor.AskRefusedException;
import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shop.payment.Account.Wallet;
import shop.payment.OrderPayment.Attempt;
import shop.payment.OrderPayment.Refund;
import shop.payment.OrderPayment.Status;
import shop.payment.PaymentCommand.ByMethod;
import shop.payment.PaymentCommand.OrderStatus;
import shop.payment.PaymentCommand.RefundPayment;
import shop.payment.PaymentCommand.RenewalDue;
import shop.payment.PaymentCommand.Webhook;
import shop.payment.PaymentEvent.Failed;
import shop.payment.PaymentEvent.MethodChanged;
import shop.payment.PaymentEvent.Processed;
import shop.payment.PaymentEvent.Refunded;
import shop.payment.PaymentProvider.Charge;
import shop.payment.PaymentProvider.ChargeRequest;

/**
 * The money of an order, taken once and given back at most once.
 *
 * <p>The provider's idempotency key is the order and the number of the attempt, or of the refund: a
 * turn that runs again after a crash, whatever message it comes by, finds the same state and sends
 * the same key. A message's id would change when a client repeats its request.
 */
public final class PaymentActor extends RelayActor<Account> {
  /** Longer than a checkout may take, so that an order which is still being made isn't missed. */
  private static final Duration RECONCILE_AFTER = Duration.ofMinutes(30);

  private static final Set<String> NOT_BOUGHT = Set.of("cancelled", "rejected");
  private static final Set<String> OPEN =
      Set.of("pending", "awaiting_stock", "awaiting_payment", "due");

  private final PaymentProvider provider;

  /** With the provider that the environment names. */
  public PaymentActor() {
    this(Providers.of(System.getenv()));
  }

  /** With this provider. */
  public PaymentActor(PaymentProvider provider) {
    this.provider = provider;
  }

  @Handles(value = "PROCESS_PAYMENT", waits = true)
  OrderPayment process(ChargeRequest command, Turn<Account> turn) {
    OrderPayment known = known(turn);
    if (known == null) {
      return attempt(OrderPayment.of(command), command.method(), turn);
    }
    if (known.status() == Status.VOIDED) {
      throw turn.refuse("PAYMENT_VOIDED", "this payment was called off before it was made");
    }
    if (known.authorised().compareTo(command.amount()) != 0
        || !known.currency().equals(command.currency())) {
      throw turn.refuse(
          "AMOUNT_DIFFERS", "this payment is " + known.authorised() + " " + known.currency());
    }
    return known;
  }

  @Handles(value = "RETRY_PAYMENT", waits = true)
  OrderPayment retry(ByMethod command, Turn<Account> turn) {
    OrderPayment payment = payment(turn);
    if (payment.status() != Status.DECLINED) {
      throw turn.refuse(
          "NOT_DECLINED", "this payment is " + payment.status().text() + ", not declined");
    }
    return attempt(payment, command.method(), turn);
  }

  /**
   * Where no charge is known the provider is asked for one: the answer may have been lost with a
   * node. Then nothing will be taken any more.
   */
  @Handles(value = "REFUND_PAYMENT", waits = true)
  OrderPayment refund(RefundPayment command, Turn<Account> turn) {
    OrderPayment payment = known(turn);
    if (payment == null || payment.status() == Status.PENDING) {
      payment = found(payment, command, turn);
    }
    if (payment.status() != Status.CAPTURED) {
      return turn.become(payment.voided());
    }
    BigDecimal amount = command.amount() == null ? payment.left() : command.amount();
    if (amount.compareTo(payment.left()) > 0) {
      throw turn.refuse(
          "REFUND_TOO_LARGE", "only " + payment.left() + " of this payment is left to give back");
    }
    String reason = command.reason() == null ? "refunded" : command.reason();
    return refunded(payment, amount, reason, turn);
  }

  /** Whoever comes second, this or the answer, finds the charge settled and changes nothing. */
  @Handles(value = "PAYMENT_WEBHOOK", waits = true)
  void told(Webhook event, Turn<Account> turn) {
    OrderPayment known = known(turn);
    if (known != null && known.knows(event.transactionId(), event.captured())) {
      return;
    }
    if (known != null && known.status() == Status.CAPTURED) {
      giveBackTwice(event, turn);
      return;
    }
    OrderPayment payment = known == null ? OrderPayment.of(event.request()) : known;
    if (payment.status() != Status.VOIDED && payment.authorised().compareTo(event.amount()) != 0) {
      throw turn.refuse(
          "AMOUNT_DIFFERS", payment.authorised() + " was asked for, not " + event.amount());
    }
    Attempt attempt = event.attempt(turn.now());
    if (payment.status() != Status.VOIDED) {
      settle(payment.settled(attempt), attempt, turn);
    } else if (event.captured()) {
      OrderPayment late = settle(OrderPayment.of(event.request()).with(attempt), attempt, turn);
      refunded(late, late.left(), "called off before it came", turn);
    }
  }

  @Handles(value = "RECONCILE_PAYMENT", waits = true)
  void reconcile(Turn<Account> turn) {
    OrderPayment payment = known(turn);
    if (payment == null || payment.left().signum() == 0) {
      return;
    }
    String status = status(payment, turn);
    if (NOT_BOUGHT.contains(status)) {
      refunded(payment, payment.left(), "no order stands for it", turn);
    } else if (OPEN.contains(status)) {
      lookAgain(payment, turn);
    }
  }

  /** The flow asks for the same; whoever is first. It also sees to those who can't pay. */
  @Handles(value = "SUBSCRIPTION_RENEWAL_DUE", waits = true)
  void collect(RenewalDue event, Turn<Account> turn) {
    if (known(turn) != null || event.amount().signum() == 0) {
      return;
    }
    Map<String, String> user = Map.of("userId", event.userId());
    List<String> methods =
        turn.ask("payment", "GET_PAYMENT_METHODS", user).as(Wallet.class).methods();
    if (!methods.isEmpty()) {
      String usual = methods.get(0);
      attempt(OrderPayment.of(event.by(usual)), usual, turn);
    }
  }

  @Handles("ADD_PAYMENT_METHOD")
  Wallet add(ByMethod command, Turn<Account> turn) {
    Wallet wallet = wallet(turn);
    if (!wallet.methods().contains(command.method())) {
      turn.emit("PAYMENT_METHOD_ADDED", new MethodChanged(wallet.userId(), command.method()));
    }
    return turn.become(wallet.with(command.method()));
  }

  @Handles("REMOVE_PAYMENT_METHOD")
  Wallet remove(ByMethod command, Turn<Account> turn) {
    Wallet wallet = wallet(turn);
    if (wallet.methods().contains(command.method())) {
      turn.emit("PAYMENT_METHOD_REMOVED", new MethodChanged(wallet.userId(), command.method()));
    }
    return turn.become(wallet.without(command.method()));
  }

  @Handles("GET_ORDER_PAYMENT")
  OrderPayment payment(Turn<Account> turn) {
    OrderPayment payment = known(turn);
    if (payment == null) {
      throw turn.refuse("UNKNOWN_PAYMENT", "nothing was paid for order " + turn.self().key());
    }
    return payment;
  }

  @Handles("GET_TRANSACTION")
  Attempt transaction(Turn<Account> turn) {
    Attempt last = payment(turn).last();
    if (last == null) {
      throw turn.refuse("UNKNOWN_PAYMENT", "nothing was tried for order " + turn.self().key());
    }
    return last;
  }

  @Handles("GET_PAYMENT_METHODS")
  Wallet wallet(Turn<Account> turn) {
    Account account = turn.state().orElseGet(() -> new Wallet(turn.self().key(), List.of()));
    if (account instanceof Wallet wallet) {
      return wallet;
    }
    throw turn.refuse("NOT_A_USER", turn.self().key() + " is an order, not a user");
  }

  private static @Nullable OrderPayment known(Turn<Account> turn) {
    Account account = turn.state().orElse(null);
    if (account instanceof Wallet) {
      throw turn.refuse("NOT_AN_ORDER", turn.self().key() + " is a user, not an order");
    }
    return (OrderPayment) account;
  }

  private OrderPayment attempt(OrderPayment payment, String method, Turn<Account> turn) {
    ChargeRequest request = payment.request(method);
    turn.emit("PAYMENT_INITIATED", request);
    String key = payment.orderId() + "/charge/" + (payment.attempts().size() + 1);
    Attempt attempt = attempt(provider.charge(request, key), method, turn);
    return settle(payment.with(attempt), attempt, turn);
  }

  private static Attempt attempt(Charge charge, String method, Turn<Account> turn) {
    if (charge instanceof Charge.Captured captured) {
      return new Attempt(captured.transactionId(), method, Status.CAPTURED, null, turn.now());
    }
    if (charge instanceof Charge.Declined declined) {
      return new Attempt(
          declined.transactionId(), method, Status.DECLINED, declined.reason(), turn.now());
    }
    Charge.Pending pending = (Charge.Pending) charge;
    return new Attempt(pending.transactionId(), method, Status.PENDING, null, turn.now());
  }

  /** Becomes what the attempt has made of the payment, and tells. */
  private static OrderPayment settle(OrderPayment payment, Attempt attempt, Turn<Account> turn) {
    String transactionId = attempt.transactionId();
    if (attempt.status() == Status.CAPTURED && transactionId != null) {
      turn.emit("PAYMENT_PROCESSED", Processed.of(payment, transactionId));
      lookAgain(payment, turn);
    } else if (attempt.status() == Status.DECLINED) {
      turn.emit("PAYMENT_FAILED", Failed.of(payment, attempt.reason()));
    }
    return turn.become(payment);
  }

  /** With the charge that the provider knows of; or what there was, where it knows of none. */
  private OrderPayment found(
      @Nullable OrderPayment known, RefundPayment command, Turn<Account> turn) {
    String orderId = turn.self().key();
    OrderPayment payment =
        known == null ? OrderPayment.voided(orderId, command.userIdOr("unknown")) : known;
    Charge.Captured lost = provider.find(orderId).orElse(null);
    if (lost == null) {
      return payment;
    }
    Attempt last = payment.last();
    String method = last == null ? "pm_unknown" : last.method();
    Attempt attempt = attempt(lost, method, turn);
    return settle(payment.paying(lost.amount()).settled(attempt), attempt, turn);
  }

  private OrderPayment refunded(
      OrderPayment payment, BigDecimal amount, String reason, Turn<Account> turn) {
    Attempt last = payment.last();
    String transactionId = last == null ? null : last.transactionId();
    if (transactionId == null || amount.signum() == 0) {
      return payment;
    }
    String key = payment.orderId() + "/refund/" + (payment.refunds().size() + 1);
    String id = provider.refund(transactionId, amount, payment.currency(), key);
    Refund refund = new Refund(id, amount.setScale(2), reason, turn.now());
    turn.emit("PAYMENT_REFUNDED", Refunded.of(payment, refund));
    return turn.become(payment.with(refund));
  }

  /** A second charge for what is paid already: the provider must have it back, the order not. */
  private void giveBackTwice(Webhook event, Turn<Account> turn) {
    if (event.captured()) {
      String key = event.orderId() + "/double/" + event.transactionId();
      provider.refund(event.transactionId(), event.amount(), event.currency(), key);
    }
  }

  /** Of what was paid: an order, or a period of a subscription. */
  private static String status(OrderPayment payment, Turn<Account> turn) {
    Map<String, String> paid = Map.of("orderId", payment.orderId(), "userId", payment.userId());
    try {
      Answer answer =
          payment.isRenewal()
              ? turn.ask("billing", "GET_RENEWAL", paid)
              : turn.ask("order", "GET_ORDER_STATUS", Map.of("orderId", payment.orderId()));
      return answer.as(OrderStatus.class).status();
    } catch (AskRefusedException unknown) {
      return "cancelled"; // there is no such order, nor will there be: it comes before its payment
    }
  }

  private static void lookAgain(OrderPayment payment, Turn<Account> turn) {
    turn.sendAfter(
        RECONCILE_AFTER,
        "RECONCILE_PAYMENT",
        Map.of("orderId", payment.orderId()),
        "reconciliation");
  }
}
