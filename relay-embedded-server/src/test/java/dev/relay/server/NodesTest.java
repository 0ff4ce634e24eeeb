package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cluster.Member;
import dev.relay.cluster.MemberStore;
import dev.relay.postgres.PostgresStores;
import dev.relay.server.RunningNode.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;

/** The list of nodes. Each test has an actor of its own, which no node of the tests hosts. */
@ExtendWith(RunningNode.class)
@Timeout(60)
class NodesTest {
  private final String unique = UUID.randomUUID().toString().replace("-", "");
  private final String actor = "ghost-" + unique;
  private MemberStore members;
  private Caller caller;

  @BeforeEach
  void owe(Node node) {
    caller = node.caller();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(node.postgres().jdbcUrl());
    source.setUser(node.postgres().user());
    source.setPassword(node.postgres().password());
    members = PostgresStores.members(source);
    String event = "HAUNTED_" + unique.toUpperCase();
    caller.post(
        "/api/catalog/events",
        """
        {"event_name": "%s", "producer_actor": "tally",
         "consumers": [{"actor": "%s", "pattern": "publish", "key_field": "id"}]}
        """
            .formatted(event, actor));
    String body = "{\"event_type\": \"%s\", \"payload\": {\"id\": \"7\"}}".formatted(event);
    await()
        .untilAsserted(() -> assertThat(caller.post("/api/events", body).status()).isEqualTo(202));
  }

  @Test
  void what_is_owed_to_an_actor_that_nobody_hosts_is_told() {
    JsonNode unhosted = caller.get("/api/nodes").json().path("unhosted");

    assertThat(unhosted.path("partitions").path(actor).asInt()).isEqualTo(1);
    assertThat(unhosted.path("pending").asInt()).isPositive();
    assertThat(unhosted.path("lag_ms").asInt(-1)).isNotNegative();
  }

  @Test
  void a_node_shows_what_it_owns_and_what_it_owes() {
    String name = "node-" + unique;
    members.join(
        new Member(
            name, 1, Set.of(actor), "1.0", "host 4711", "http://host:1", false, Instant.now()),
        Duration.ofHours(1));
    try {
      JsonNode found = node(name);

      assertThat(found.path("url").asString()).isEqualTo("http://host:1");
      assertThat(found.path("partitions").path(actor).asInt()).isEqualTo(64);
      assertThat(found.path("pending").asInt()).isEqualTo(1);
      assertThat(found.path("retrying").asInt(-1)).isZero();
      assertThat(found.path("leaving").asBoolean(true)).isFalse();
      assertThat(Instant.parse(found.path("started_at").asString())).isNotNull();
    } finally {
      members.left(name, 1);
    }
  }

  private JsonNode node(String name) {
    JsonNode nodes = caller.get("/api/nodes").json().path("nodes");
    return nodes
        .valueStream()
        .filter(n -> n.path("name").asString().equals(name))
        .findAny()
        .orElseThrow();
  }
}
