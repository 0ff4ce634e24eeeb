package shop.payment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;

/** What an instance remembers: an order's money, or a user's ways to pay. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Account permits OrderPayment, Account.Wallet {
  /**
   * A user's ways to pay, by the provider's names. Immutable.
   *
   * @param methods the first is the usual one
   */
  @JsonTypeName("wallet")
  record Wallet(String userId, List<String> methods) implements Account {
    public Wallet {
      methods = List.copyOf(methods);
    }

    /** With this method first. */
    Wallet with(String method) {
      List<String> more = new ArrayList<>(without(method).methods);
      more.add(0, method);
      return new Wallet(userId, more);
    }

    Wallet without(String method) {
      return new Wallet(userId, methods.stream().filter(one -> !one.equals(method)).toList());
    }
  }
}
