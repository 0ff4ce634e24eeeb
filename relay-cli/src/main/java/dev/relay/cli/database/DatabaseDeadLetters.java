package dev.relay.cli.database;

import dev.relay.catalog.Catalog;
import dev.relay.cli.client.DeadLetterAccess;
import dev.relay.cli.config.Session;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.definition.Durations;
import dev.relay.message.Json;
import dev.relay.node.DeadLetterJson;
import dev.relay.node.DeadLetters;
import dev.relay.postgres.Migrations;
import dev.relay.postgres.PostgresCatalogStore;
import dev.relay.postgres.PostgresStores;
import dev.relay.store.DeadLetterFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters as Postgres holds them; nodes find what is retried by themselves, within seconds.
 */
public final class DatabaseDeadLetters implements DeadLetterAccess {
  private final DeadLetters letters;

  private DatabaseDeadLetters(DeadLetters letters) {
    this.letters = letters;
  }

  /** Opens the database for one action. */
  public static <T> T with(Session session, Function<DeadLetterAccess, T> action) {
    try (Database database = Database.open(session)) {
      DataSource source = database.dataSource();
      new Migrations(source).verify();
      Supplier<Catalog> catalog = () -> new PostgresCatalogStore(source).load();
      DeadLetters letters =
          new DeadLetters(PostgresStores.deadLetters(source), catalog, ready -> {});
      return action.apply(new DatabaseDeadLetters(letters));
    }
  }

  @Override
  public JsonObject list(Map<String, String> filter, @Nullable String after, int limit) {
    DeadLetterFilter meant = meant(filter);
    DeadLetters.Page page = letters.list(meant, after, limit);
    long total = letters.count(meant);
    return JsonText.object(
        DeadLetterJson.text(
            json -> {
              DeadLetterJson.write(json, page);
              json.writeNumberProperty("total", total);
            }));
  }

  @Override
  public JsonObject show(String id) {
    return JsonText.object(
        DeadLetterJson.text(json -> DeadLetterJson.write(json, letters.find(id))));
  }

  @Override
  public JsonObject retry(String id) {
    return JsonText.object(
        DeadLetterJson.text(json -> DeadLetterJson.write(json, letters.retry(id))));
  }

  @Override
  public JsonObject retry(String id, String payload) {
    return JsonText.object(
        DeadLetterJson.text(
            json ->
                DeadLetterJson.write(json, letters.retry(id, Json.mapper().readTree(payload)))));
  }

  @Override
  public JsonObject discard(String id, String reason) {
    return JsonText.object(
        DeadLetterJson.text(json -> DeadLetterJson.write(json, letters.discard(id, reason))));
  }

  @Override
  public JsonObject retryAll(Map<String, String> filter) {
    DeadLetters.Retried retried = letters.retryAll(meant(filter));
    return new JsonObject(
        new java.util.LinkedHashMap<>(
            Map.of("retried", retried.retried(), "left", retried.left())));
  }

  @Override
  public JsonObject discardAll(Map<String, String> filter, String reason) {
    return new JsonObject(
        new java.util.LinkedHashMap<>(
            Map.of("discarded", letters.discardAll(meant(filter), reason))));
  }

  private static DeadLetterFilter meant(Map<String, String> filter) {
    String olderThan = filter.get("older_than");
    Duration age = olderThan == null ? null : Durations.parse(olderThan).orElse(null);
    return DeadLetterFilter.ALL
        .ofActor(filter.get("actor"))
        .ofEvent(filter.get("event"))
        .ofKey(filter.get("key"))
        .withError(filter.get("error"))
        .diedBefore(age == null ? null : Instant.now().minus(age));
  }
}
