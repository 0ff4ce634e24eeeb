package shop.billing;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.time.Instant;
import java.util.List;
import shop.billing.Account.Customer;
import shop.billing.BillingCommand.ChangePlan;
import shop.billing.BillingCommand.CreateCustomer;
import shop.billing.BillingCommand.GenerateInvoice;
import shop.billing.BillingCommand.Invoiced;
import shop.billing.BillingCommand.IssueCreditNote;
import shop.billing.BillingCommand.OfOrder;
import shop.billing.BillingCommand.OfSubscription;
import shop.billing.BillingCommand.Refunded;
import shop.billing.BillingCommand.Renew;
import shop.billing.BillingCommand.RenewalStatus;
import shop.billing.BillingCommand.Subscribe;
import shop.billing.BillingEvent.Cancelled;
import shop.billing.BillingEvent.CustomerCreated;
import shop.billing.BillingEvent.Reminded;
import shop.billing.BillingEvent.RenewalDue;
import shop.billing.BillingEvent.Renewed;
import shop.billing.BillingEvent.SubscriptionCreated;
import shop.billing.Document.Kind;
import shop.billing.Document.Line;

/**
 * What customers owe and have on paper.
 *
 * <p>A document gets its number in three turns, each a commit of its own that happens once: the
 * customer's drafts it ({@code DOCUMENT_DRAFTED}), the series' counts on and tells it in the same
 * commit ({@code INVOICE_GENERATED}), the customer's keeps it. A number that is counted is a
 * document that is told, so there are no gaps, whoever dies in between.
 */
public final class BillingActor extends RelayActor<Billing> {
  // customers

  @Handles("CREATE_CUSTOMER")
  Customer create(CreateCustomer command, Turn<Billing> turn) {
    Account account = account(turn);
    if (account.customer() != null) {
      return account.customer();
    }
    Customer customer = new Customer(command.name(), command.email(), false);
    turn.become(account.with(customer));
    turn.emit(
        "CUSTOMER_CREATED",
        new CustomerCreated(account.userId(), customer.name(), customer.email()));
    return customer;
  }

  @Handles("USER_REGISTERED")
  void registered(CreateCustomer user, Turn<Billing> turn) {
    create(user, turn);
  }

  /** The names on documents stay: they are what the law wants kept. */
  @Handles("USER_ERASED")
  void erased(Turn<Billing> turn) {
    Account account = account(turn).with(new Customer(null, null, true));
    for (Subscription one : account.subscriptions()) {
      account = account.with(ended(one, "BY_CUSTOMER", turn));
    }
    turn.become(account);
  }

  @Handles("GET_CUSTOMER")
  Customer customer(Turn<Billing> turn) {
    Customer customer = account(turn).customer();
    if (customer == null) {
      throw turn.refuse("NO_CUSTOMER", "this user is no customer yet");
    }
    return customer;
  }

  // subscriptions

  @Handles("CREATE_SUBSCRIPTION")
  Subscription subscribe(Subscribe command, Turn<Billing> turn) {
    customer(turn);
    Subscription subscription =
        Subscription.of(
            turn.message().id().value(),
            command.plan(),
            command.price(),
            command.currency(),
            command.interval(),
            turn.now());
    String userId = turn.self().key();
    turn.emit("SUBSCRIPTION_CREATED", SubscriptionCreated.of(userId, subscription));
    return due(subscription, turn);
  }

  @Handles("CHANGE_PLAN")
  Subscription change(ChangePlan command, Turn<Billing> turn) {
    Subscription subscription = subscription(command.subscriptionId(), turn);
    if (subscription.isCancelled()) {
      throw turn.refuse("SUBSCRIPTION_CANCELLED", "this subscription is over");
    }
    return keep(subscription.changing(command.plan(), command.price()), turn);
  }

  @Handles("CANCEL_SUBSCRIPTION")
  Subscription cancel(OfSubscription command, Turn<Billing> turn) {
    Subscription subscription = subscription(command.subscriptionId(), turn);
    return keep(ended(subscription, "BY_CUSTOMER", turn), turn);
  }

  /** Does nothing for a period, or an attempt, that isn't the next: one renewal for a period. */
  @Handles("RENEW_SUBSCRIPTION")
  void renew(Renew command, Turn<Billing> turn) {
    subscription(command.subscriptionId(), turn)
        .renewed(command.period(), command.attempt())
        .ifPresent(next -> due(next, turn));
  }

  @Handles("PAYMENT_PROCESSED")
  void paid(OfOrder payment, Turn<Billing> turn) {
    account(turn).awaiting(payment.orderId()).ifPresent(due -> collected(due, turn));
  }

  /** The flow's word, that wants to know: what was ended meanwhile must not be paid. */
  @Handles("RENEWAL_PAID")
  RenewalStatus renewalPaid(OfOrder payment, Turn<Billing> turn) {
    paid(payment, turn);
    RenewalStatus status = renewal(payment, turn);
    if (!status.isPaid()) {
      throw turn.refuse("NOT_DUE", "there is no period that " + payment.orderId() + " could pay");
    }
    return status;
  }

  @Handles("GET_RENEWAL")
  RenewalStatus renewal(OfOrder query, Turn<Billing> turn) {
    return account(turn).renewal(query.orderId());
  }

  @Handles("PAYMENT_FAILED")
  void failed(OfOrder payment, Turn<Billing> turn) {
    unpaid(payment, turn);
  }

  @Handles("RENEWAL_UNPAID")
  void unpaid(OfOrder payment, Turn<Billing> turn) {
    Subscription waiting = account(turn).awaiting(payment.orderId()).orElse(null);
    if (waiting == null) {
      return;
    }
    Instant next = waiting.nextAttempt(turn.now()).orElse(null);
    if (next == null) {
      keep(ended(waiting, "UNPAID", turn), turn);
    } else {
      renewAt(next, waiting, waiting.period(), waiting.attempt() + 1, turn);
      turn.emit("PAYMENT_REMINDER_SENT", Reminded.of(turn.self().key(), waiting, next));
    }
  }

  @Handles("GET_SUBSCRIPTION")
  Subscription subscription(OfSubscription query, Turn<Billing> turn) {
    return subscription(query.subscriptionId(), turn);
  }

  // documents

  @Handles("GENERATE_INVOICE")
  Document generate(GenerateInvoice command, Turn<Billing> turn) {
    Account account = account(turn);
    Document known = account.document(Kind.INVOICE, command.orderId()).orElse(null);
    if (known != null) {
      return known;
    }
    Document draft =
        Document.invoice(
            command.orderId(), account, command.currency(), command.allLines(), turn.now());
    if (draft.total().signum() < 0) {
      throw turn.refuse("INVOICE_NEGATIVE", "what is taken off leaves " + draft.total());
    }
    return drafted(draft, turn);
  }

  @Handles("ISSUE_CREDIT_NOTE")
  Document credit(IssueCreditNote command, Turn<Billing> turn) {
    Account account = account(turn);
    Document known = account.document(Kind.CREDIT_NOTE, command.refundId()).orElse(null);
    if (known != null) {
      return known;
    }
    Document invoice = invoice(command.orderId(), turn);
    if (command.amount().compareTo(account.open(invoice)) > 0) {
      throw turn.refuse(
          "MORE_THAN_INVOICED",
          command.amount() + " is more than the " + account.open(invoice) + " that are left of it");
    }
    return drafted(
        invoice.creditNote(command.refundId(), command.amount(), command.reason(), turn.now()),
        turn);
  }

  /** A refund of something that never had an invoice needs no credit note. */
  @Handles("PAYMENT_REFUNDED")
  void refunded(Refunded refund, Turn<Billing> turn) {
    if (account(turn).document(Kind.INVOICE, refund.orderId()).isPresent()) {
      credit(
          new IssueCreditNote(refund.orderId(), refund.refundId(), refund.amount(), "Refund"),
          turn);
    }
  }

  @Handles("GET_INVOICE")
  Invoiced invoiced(OfOrder query, Turn<Billing> turn) {
    Document invoice = invoice(query.orderId(), turn);
    return new Invoiced(invoice, account(turn).creditNotes(invoice));
  }

  /** To the series: the next number is this document's. */
  @Handles("DOCUMENT_DRAFTED")
  void number(Document draft, Turn<Billing> turn) {
    Billing before = turn.state().orElseGet(() -> new Billing.Numbers(0));
    Billing.Numbers numbers = turn.become(((Billing.Numbers) before).next());
    String number = numbers.text(turn.self().key());
    turn.emit(draft.kind().issued(), draft.issued(number, turn.now()));
  }

  @Handles("INVOICE_GENERATED")
  void invoiceIssued(Document issued, Turn<Billing> turn) {
    turn.become(account(turn).with(issued));
  }

  @Handles("CREDIT_NOTE_ISSUED")
  void creditNoteIssued(Document issued, Turn<Billing> turn) {
    turn.become(account(turn).with(issued));
  }

  private static Account account(Turn<Billing> turn) {
    return (Account) turn.state().orElseGet(() -> Account.of(turn.self().key()));
  }

  private static Subscription subscription(String id, Turn<Billing> turn) {
    return account(turn)
        .subscription(id)
        .orElseThrow(() -> turn.refuse("NO_SUBSCRIPTION", "there is no subscription " + id));
  }

  private static Document invoice(String orderId, Turn<Billing> turn) {
    return account(turn)
        .document(Kind.INVOICE, orderId)
        .orElseThrow(() -> turn.refuse("NO_INVOICE", "there is no invoice for " + orderId));
  }

  private static Subscription keep(Subscription changed, Turn<Billing> turn) {
    turn.become(account(turn).with(changed));
    return changed;
  }

  private void collected(Subscription due, Turn<Billing> turn) {
    Subscription paid = keep(due.paid(), turn);
    renewAt(paid.periodEnd(), paid, paid.period() + 1, 1, turn);
    turn.emit("SUBSCRIPTION_RENEWED", Renewed.of(turn.self().key(), paid));
    List<Line> lines = List.of(new Line(paid.plan(), 1, paid.price()));
    generate(new GenerateInvoice(paid.renewalId(), paid.currency(), lines, null, null, null), turn);
  }

  private static Subscription due(Subscription subscription, Turn<Billing> turn) {
    turn.emit("SUBSCRIPTION_RENEWAL_DUE", RenewalDue.of(turn.self().key(), subscription));
    return keep(subscription, turn);
  }

  private static Subscription ended(Subscription it, String reason, Turn<Billing> turn) {
    if (it.isCancelled()) {
      return it;
    }
    turn.cancel(it.subscriptionId());
    turn.emit(
        "SUBSCRIPTION_CANCELLED", new Cancelled(turn.self().key(), it.subscriptionId(), reason));
    return it.cancelled();
  }

  private static void renewAt(
      Instant time, Subscription it, int period, int attempt, Turn<Billing> turn) {
    Renew renew = new Renew(turn.self().key(), it.subscriptionId(), period, attempt);
    turn.sendAt(time, "RENEW_SUBSCRIPTION", renew, it.subscriptionId());
  }

  private static Document drafted(Document draft, Turn<Billing> turn) {
    turn.become(account(turn).with(draft));
    turn.emit("DOCUMENT_DRAFTED", draft);
    return draft;
  }
}
