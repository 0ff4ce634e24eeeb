package dev.relay.bench.contestant;

/** The tables and statements of yardstick (c), in the shape of Relay's own runtime tables. */
final class TurnTables {
  static final String CREATE =
      """
      CREATE SCHEMA bench;
      CREATE TABLE bench.actor_state (
        actor      text NOT NULL,
        key        text NOT NULL,
        state      jsonb NOT NULL,
        version    bigint NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (actor, key)
      );
      CREATE TABLE bench.journal (
        seq        bigint GENERATED ALWAYS AS IDENTITY,
        turn_id    uuid NOT NULL,
        actor      text NOT NULL,
        key        text NOT NULL,
        version    bigint NOT NULL,
        message    jsonb NOT NULL,
        emitted    jsonb NOT NULL,
        outcome    text NOT NULL,
        at         timestamptz NOT NULL,
        PRIMARY KEY (seq, at)
      ) PARTITION BY RANGE (at);
      CREATE TABLE bench.journal_now PARTITION OF bench.journal DEFAULT;
      CREATE TABLE bench.deliveries (
        id         uuid PRIMARY KEY,
        actor      text NOT NULL,
        key        text NOT NULL,
        partition  int NOT NULL,
        message    jsonb NOT NULL,
        due_at     timestamptz NOT NULL,
        attempt    int NOT NULL,
        status     text NOT NULL,
        last_error text
      );
      CREATE INDEX deliveries_due ON bench.deliveries (actor, partition, due_at);
      """;

  /** Binds: turn ids, actors, keys, versions, states, messages, emitted; then the deliveries. */
  static final String WRITE =
      """
      WITH turn AS (
        SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                             ?::text[])
          AS t (turn_id, actor, key, version, state, message, emitted)
      ), written AS (
        INSERT INTO bench.actor_state AS s (actor, key, state, version, updated_at)
        SELECT actor, key, state::jsonb, version, now() FROM turn
        ON CONFLICT (actor, key) DO UPDATE
        SET state = excluded.state, version = excluded.version, updated_at = excluded.updated_at
        WHERE s.version = excluded.version - 1
        RETURNING 1
      ), logged AS (
        INSERT INTO bench.journal (turn_id, actor, key, version, message, emitted, outcome, at)
        SELECT turn_id, actor, key, version, message::jsonb, emitted::jsonb, 'done', now() FROM turn
      ), owed AS (
        INSERT INTO bench.deliveries (id, actor, key, partition, message, due_at, attempt, status)
        SELECT id, actor, key, partition, message::jsonb, now(), 0, 'ready'
        FROM unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::text[])
          AS d (id, actor, key, partition, message)
      )
      SELECT count(*) FROM written
      """;

  /** Binds: ids of the consumed deliveries; then the turns that consumed them, as above. */
  static final String CONSUME =
      """
      WITH consumed AS (
        DELETE FROM bench.deliveries WHERE id = ANY (?::uuid[]) RETURNING 1
      ), turn AS (
        SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                             ?::text[])
          AS t (turn_id, actor, key, version, state, message, emitted)
      ), written AS (
        INSERT INTO bench.actor_state AS s (actor, key, state, version, updated_at)
        SELECT actor, key, state::jsonb, version, now() FROM turn
        ON CONFLICT (actor, key) DO UPDATE
        SET state = excluded.state, version = excluded.version, updated_at = excluded.updated_at
        WHERE s.version = excluded.version - 1
        RETURNING 1
      ), logged AS (
        INSERT INTO bench.journal (turn_id, actor, key, version, message, emitted, outcome, at)
        SELECT turn_id, actor, key, version, message::jsonb, emitted::jsonb, 'done', now() FROM turn
      )
      SELECT least((SELECT count(*) FROM consumed), (SELECT count(*) FROM written))
      """;

  private TurnTables() {}
}
