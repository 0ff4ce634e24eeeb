-- The runtime's tables. Everything is keyed by (actor, key) or partitioned by time.
-- Text that takes part in keys is compared by bytes ("C"): faster, and the same on every machine.

-- One row an actor instance. Room is left in each page so that an update stays in it and touches
-- no index.
CREATE TABLE relay.actor_state (
  actor      text COLLATE "C" NOT NULL,
  key        text COLLATE "C" NOT NULL,
  version    bigint NOT NULL,
  state      jsonb,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (actor, key)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- One row a turn, append-only. (txid, seq) is the order in which transactions became final, which
-- seq alone is not: a reader behind pg_snapshot_xmin misses nothing.
CREATE SEQUENCE relay.journal_seq CACHE 32;

CREATE TABLE relay.journal (
  seq     bigint NOT NULL DEFAULT nextval('relay.journal_seq'),
  txid    xid8 NOT NULL DEFAULT pg_current_xact_id(),
  turn_id uuid NOT NULL,
  actor   text COLLATE "C" NOT NULL,
  key     text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  message jsonb NOT NULL,
  emitted jsonb NOT NULL,
  outcome text NOT NULL,
  at      timestamptz NOT NULL
) PARTITION BY RANGE (at);

CREATE INDEX journal_order ON relay.journal (txid, seq) WHERE emitted <> '[]'::jsonb;
CREATE INDEX journal_instance ON relay.journal (actor, key, version);
CREATE INDEX journal_at ON relay.journal USING brin (at);

CREATE TABLE relay.journal_default PARTITION OF relay.journal DEFAULT;

-- Answers to requests with an id, partitioned by day so that old ones are dropped whole.
CREATE TABLE relay.requests (
  request_id  text COLLATE "C" NOT NULL,
  day         date NOT NULL,
  fingerprint text NOT NULL,
  message_id  uuid NOT NULL,
  data        jsonb,
  emitted     jsonb NOT NULL,
  at          timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (request_id, day)
) PARTITION BY RANGE (day);

CREATE TABLE relay.requests_default PARTITION OF relay.requests DEFAULT;

-- Queue, outbox, retries, timers and dead letters. Ids are UUIDs of version 7, so one index gives
-- each partition's rows in the order they were written, apart by status; the row of an ordinary
-- delivery is in no other.
CREATE TABLE relay.deliveries (
  status     text COLLATE "C" NOT NULL DEFAULT 'ready'
             CONSTRAINT delivery_status CHECK (status IN ('ready', 'retrying', 'scheduled', 'dead')),
  actor      text COLLATE "C" NOT NULL,
  partition  smallint NOT NULL,
  id         uuid NOT NULL,
  key        text COLLATE "C" NOT NULL,
  message    jsonb NOT NULL,
  due_at     timestamptz NOT NULL DEFAULT now(),
  attempt    integer NOT NULL DEFAULT 0,
  last_error text,
  PRIMARY KEY (status, actor, partition, id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE INDEX deliveries_scheduled ON relay.deliveries (due_at) WHERE status = 'scheduled';

-- The planner settings of these functions make it look up rows by their keys, whatever it believes
-- about the size of a table that was empty a minute ago.

-- Ends a commit group when a part of it found fewer rows than it must. RL001 is Relay's own code.
CREATE FUNCTION relay.expect_rows(part text, expected integer, actual integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF actual IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'commit group refused: % of % % as expected', actual, expected, part
      USING ERRCODE = 'RL001';
  END IF;
END $$;

-- Writes one commit group: all of it or nothing, in one round trip.
-- s: states, c: consumed deliveries, p: postponed deliveries, r: recorded replies, j: journal,
-- o: deliveries owed.
CREATE FUNCTION relay.commit_group(
  s_actor text[], s_key text[], s_base bigint[], s_version bigint[], s_state text[],
  c_status text[], c_actor text[], c_partition integer[], c_id text[],
  p_status text[], p_actor text[], p_partition integer[], p_id text[],
  p_next text[], p_attempt integer[], p_due text[], p_error text[],
  r_id text[], r_fingerprint text[], r_message text[], r_data text[], r_emitted text[],
  j_turn text[], j_actor text[], j_key text[], j_version bigint[], j_message text[],
  j_emitted text[], j_outcome text[],
  o_status text[], o_actor text[], o_partition integer[], o_id text[], o_key text[],
  o_message text[], o_error text[]
) RETURNS void
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  found_rows integer;
  more_rows integer;
BEGIN
  IF cardinality(s_actor) > 0 THEN
    UPDATE relay.actor_state AS t
       SET state = n.state::jsonb, version = n.version, updated_at = clock_timestamp()
      FROM unnest(s_actor, s_key, s_base, s_version, s_state)
           AS n (actor, key, base, version, state)
     WHERE t.actor = n.actor AND t.key = n.key AND t.version = n.base;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    IF found_rows < cardinality(s_actor) THEN
      INSERT INTO relay.actor_state (actor, key, version, state, updated_at)
      SELECT n.actor, n.key, n.version, n.state::jsonb, clock_timestamp()
        FROM unnest(s_actor, s_key, s_base, s_version, s_state)
             AS n (actor, key, base, version, state)
       WHERE n.base = 0
      ON CONFLICT DO NOTHING;
      GET DIAGNOSTICS more_rows = ROW_COUNT;
      PERFORM relay.expect_rows('states', cardinality(s_actor), found_rows + more_rows);
    END IF;
  END IF;
  IF cardinality(c_id) > 0 THEN
    DELETE FROM relay.deliveries AS t
     USING unnest(c_status, c_actor, c_partition, c_id) AS n (status, actor, partition, id)
     WHERE t.status = n.status AND t.actor = n.actor
       AND t.partition = n.partition::smallint AND t.id = n.id::uuid;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    PERFORM relay.expect_rows('deliveries', cardinality(c_id), found_rows);
  END IF;
  IF cardinality(p_id) > 0 THEN
    UPDATE relay.deliveries AS t
       SET status = n.next, attempt = n.attempt, due_at = n.due::timestamptz, last_error = n.error
      FROM unnest(p_status, p_actor, p_partition, p_id, p_next, p_attempt, p_due, p_error)
           AS n (status, actor, partition, id, next, attempt, due, error)
     WHERE t.status = n.status AND t.actor = n.actor
       AND t.partition = n.partition::smallint AND t.id = n.id::uuid;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    PERFORM relay.expect_rows('deliveries', cardinality(p_id), found_rows);
  END IF;
  IF cardinality(r_id) > 0 THEN
    INSERT INTO relay.requests (request_id, day, fingerprint, message_id, data, emitted)
    SELECT n.id, (now() AT TIME ZONE 'UTC')::date, n.fingerprint, n.message::uuid, n.data::jsonb,
           n.emitted::jsonb
      FROM unnest(r_id, r_fingerprint, r_message, r_data, r_emitted)
           AS n (id, fingerprint, message, data, emitted)
     WHERE NOT EXISTS (SELECT FROM relay.requests AS q WHERE q.request_id = n.id)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    PERFORM relay.expect_rows('replies', cardinality(r_id), found_rows);
  END IF;
  IF cardinality(j_turn) > 0 THEN
    INSERT INTO relay.journal (turn_id, actor, key, version, message, emitted, outcome, at)
    SELECT n.turn::uuid, n.actor, n.key, n.version, n.message::jsonb, n.emitted::jsonb, n.outcome,
           now()
      FROM unnest(j_turn, j_actor, j_key, j_version, j_message, j_emitted, j_outcome)
           AS n (turn, actor, key, version, message, emitted, outcome);
  END IF;
  IF cardinality(o_id) > 0 THEN
    INSERT INTO relay.deliveries (status, actor, partition, id, key, message, last_error)
    SELECT n.status, n.actor, n.partition::smallint, n.id::uuid, n.key, n.message::jsonb, n.error
      FROM unnest(o_status, o_actor, o_partition, o_id, o_key, o_message, o_error)
           AS n (status, actor, partition, id, key, message, error);
  END IF;
END $$;

-- The states of instances; an instance whose version is the one known comes back without its state,
-- one that has had no turn with version 0.
CREATE FUNCTION relay.load_states(l_actor text[], l_key text[], l_known bigint[])
RETURNS TABLE (position_ bigint, version_ bigint, state_ text, updated_at_ timestamptz)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
  RETURN QUERY
  SELECT n.position, coalesce(t.version, 0),
         CASE WHEN t.version = n.known THEN NULL ELSE t.state::text END, t.updated_at
    FROM unnest(l_actor, l_key, l_known) WITH ORDINALITY AS n (actor, key, known, position)
    LEFT JOIN relay.actor_state AS t ON t.actor = n.actor AND t.key = n.key;
END $$;

-- Makes the daily partitions from a day on; harmless where they exist.
CREATE FUNCTION relay.ensure_partitions(from_day date, days integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  d date;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('relay.ensure_partitions'));
  FOR i IN 0 .. days - 1 LOOP
    d := from_day + i;
    IF to_regclass(format('relay.journal_%s', to_char(d, 'YYYYMMDD'))) IS NULL THEN
      EXECUTE format(
        'CREATE TABLE relay.%I PARTITION OF relay.journal FOR VALUES FROM (%L) TO (%L)',
        'journal_' || to_char(d, 'YYYYMMDD'),
        d::timestamp AT TIME ZONE 'UTC', (d + 1)::timestamp AT TIME ZONE 'UTC');
    END IF;
    IF to_regclass(format('relay.requests_%s', to_char(d, 'YYYYMMDD'))) IS NULL THEN
      EXECUTE format(
        'CREATE TABLE relay.%I PARTITION OF relay.requests FOR VALUES FROM (%L) TO (%L)',
        'requests_' || to_char(d, 'YYYYMMDD'), d, d + 1);
    END IF;
  END LOOP;
END $$;
