package shoppers;

/** A way to pay, by what the sandbox makes of it. */
enum Method {
  GOOD("pm_card_visa"),
  DECLINED("pm_card_chargeDeclined"),
  WITHOUT_FUNDS("pm_card_chargeDeclinedInsufficientFunds"),
  PENDING("pm_sandbox_pending");

  private final String id;

  Method(String id) {
    this.id = id;
  }

  /** The one that this percentage of shoppers stops at. */
  static Method of(int percent) {
    return percent < 87 ? GOOD : percent < 93 ? DECLINED : percent < 97 ? WITHOUT_FUNDS : PENDING;
  }

  /** As the provider knows it. */
  String id() {
    return id;
  }

  boolean isPending() {
    return this == PENDING;
  }
}
