package dev.relay.testkit.transport;

import dev.relay.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresTransportTest extends TransportContract {
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = PostgresCarrier.migrated();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Override
  protected Carrier carrier() {
    return new PostgresCarrier(postgres, true);
  }
}
