package shop.payment;

import java.nio.file.Path;

/** For tests outside of this package. */
public final class Payments {
  private Payments() {}

  public static PaymentActor inSandbox(Path folder) {
    return new PaymentActor(new SandboxProvider(folder));
  }
}
