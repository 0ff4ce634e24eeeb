package shop.billing;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.billing.BillingCommand.RenewalStatus;

/**
 * What there is of one user. Immutable.
 *
 * @param customer absent until there is one
 */
@JsonTypeName("account")
record Account(
    String userId,
    @Nullable Customer customer,
    List<Subscription> subscriptions,
    List<Document> documents)
    implements Billing {
  record Customer(@Nullable String name, @Nullable String email, boolean erased) {}

  Account {
    subscriptions = List.copyOf(subscriptions);
    documents = List.copyOf(documents);
  }

  static Account of(String userId) {
    return new Account(userId, null, List.of(), List.of());
  }

  @Nullable String name() {
    return customer == null ? null : customer.name();
  }

  Account with(Customer changed) {
    return new Account(userId, changed, subscriptions, documents);
  }

  Optional<Subscription> subscription(String id) {
    return subscriptions.stream().filter(one -> one.subscriptionId().equals(id)).findFirst();
  }

  /** The subscription that a payment for this order belongs to. */
  Optional<Subscription> awaiting(String orderId) {
    return subscriptions.stream().filter(one -> one.awaits(orderId)).findFirst();
  }

  /** How the period stands that this order is for. One that has its invoice is paid. */
  RenewalStatus renewal(String orderId) {
    String renewalId = Subscription.renewalOf(orderId);
    boolean paid =
        document(Document.Kind.INVOICE, renewalId).isPresent()
            && subscriptions.stream().noneMatch(one -> one.isCollectedOtherwise(orderId));
    String status = paid ? "paid" : awaiting(orderId).isPresent() ? "due" : "cancelled";
    return new RenewalStatus(orderId, status);
  }

  Account with(Subscription changed) {
    List<Subscription> all = new ArrayList<>(subscriptions);
    all.removeIf(one -> one.subscriptionId().equals(changed.subscriptionId()));
    all.add(changed);
    return new Account(userId, customer, all, documents);
  }

  Optional<Document> document(Document.Kind kind, String id) {
    return documents.stream().filter(one -> one.isAbout(kind, id)).findFirst();
  }

  List<Document> creditNotes(Document invoice) {
    return documents.stream().filter(one -> one.takesBack(invoice)).toList();
  }

  /** What is left of an invoice after all that was taken back. */
  BigDecimal open(Document invoice) {
    return creditNotes(invoice).stream()
        .map(Document::total)
        .reduce(invoice.total(), BigDecimal::subtract);
  }

  /** With this document in the place of its draft; one that is final stays as it is. */
  Account with(Document document) {
    List<Document> all = new ArrayList<>(documents);
    int at = all.indexOf(document(document.kind(), document.documentId()).orElse(document));
    if (at < 0) {
      all.add(document);
    } else if (!all.get(at).isFinal()) {
      all.set(at, document);
    }
    return new Account(userId, customer, subscriptions, all);
  }
}
