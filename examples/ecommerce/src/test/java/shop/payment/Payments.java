package shop.payment;

import java.nio.file.Path;

/** For tests outside of this package. */
public final class Payments {
  private Payments() {}

  public static PaymentActor inSandbox(Path folder) {
    return new PaymentActor(new SandboxProvider(folder));
  }

  /** Money goes through Stripe at this address. */
  public static PaymentActor through(String stripe) {
    return new PaymentActor(StripeProvider.of("sk_test_x", stripe));
  }
}
