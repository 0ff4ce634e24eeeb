package dev.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PatientConnectionsTest {
  private final Connection open =
      (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(), new Class<?>[] {Connection.class}, (p, m, a) -> null);

  @Test
  void the_first_failure_of_an_outage_is_told_and_then_it_tries_until_the_server_is_back()
      throws SQLException {
    AtomicInteger calls = new AtomicInteger();
    PatientConnections connections = new PatientConnections(failing(calls, 5, "08001"));

    assertThatThrownBy(connections::getConnection).hasMessage("failure 1");
    assertThat(connections.getConnection()).isSameAs(open);
    assertThat(calls).hasValue(6);
  }

  @Test
  void what_doesn_t_pass_by_itself_is_told_every_time() {
    AtomicInteger calls = new AtomicInteger();
    PatientConnections connections = new PatientConnections(failing(calls, 5, "28P01"));

    assertThatThrownBy(connections::getConnection).hasMessage("failure 1");
    assertThatThrownBy(connections::getConnection).hasMessage("failure 2");
  }

  @Test
  void a_pool_that_is_closed_needn_t_wait() {
    AtomicInteger calls = new AtomicInteger();
    PatientConnections connections = new PatientConnections(failing(calls, 1_000, "57P03"));
    assertThatThrownBy(connections::getConnection).hasMessage("failure 1");

    Thread.currentThread().interrupt();
    assertThatThrownBy(connections::getConnection).hasMessage("failure 2");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** A server that is away for so many tries. */
  private DataSource failing(AtomicInteger calls, int failures, String state) {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (calls.incrementAndGet() <= failures) {
                throw new SQLException("failure " + calls, state);
              }
              return open;
            });
  }
}
