package dev.relay.testkit.transport;

import dev.relay.transport.InProcessHub;
import dev.relay.transport.Transport;

class InProcessTransportTest extends TransportContract {
  @Override
  protected Carrier carrier() {
    InProcessHub hub = new InProcessHub();
    return new Carrier() {
      @Override
      public Transport transport() {
        return hub.transport();
      }

      @Override
      public boolean canBeLost() {
        return false;
      }

      @Override
      public void lose() {}

      @Override
      public void restore() {}

      @Override
      public void close() {}
    };
  }
}
