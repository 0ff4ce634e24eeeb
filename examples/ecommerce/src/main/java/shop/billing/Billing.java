package shop.billing;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** What an instance remembers: a customer's account, or how far the numbers of a series are. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
sealed interface Billing permits Account, Billing.Numbers {
  /**
   * The numbers of one series in one year.
   *
   * @param last the last number that was given; 0 at first
   */
  @JsonTypeName("numbers")
  record Numbers(long last) implements Billing {
    Numbers next() {
      return new Numbers(last + 1);
    }

    String text(String series) {
      return "%s-%06d".formatted(series, last);
    }
  }
}
