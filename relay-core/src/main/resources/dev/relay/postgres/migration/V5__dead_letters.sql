-- Dead letters tell their whole story: every attempt's error and time, and when they died.
ALTER TABLE relay.deliveries ADD COLUMN errors jsonb, ADD COLUMN died_at timestamptz;
UPDATE relay.deliveries SET died_at = now() WHERE status = 'dead';

-- In the order of the messages' age; no other row is in it.
CREATE INDEX deliveries_dead ON relay.deliveries (id) WHERE status = 'dead';

-- What people say when they discard a letter.
ALTER TABLE relay.journal ADD COLUMN note text;

-- A delivery's errors with one more: the last 50, 2,000 characters each.
CREATE FUNCTION relay.with_error(errors jsonb, attempt integer, error text) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN jsonb_array_length(e) > 50 THEN e - 0 ELSE e END
    FROM (SELECT coalesce(errors, '[]') || jsonb_build_object(
            'attempt', attempt,
            'at', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'error', left(error, 2000))) AS more (e)
$$;

-- As in V3; failed deliveries keep each error, dead ones the time.
CREATE OR REPLACE FUNCTION relay.commit_group(
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
      FROM (SELECT unnest(s_actor) AS actor, unnest(s_key) AS key, unnest(s_base) AS base,
              unnest(s_version) AS version, unnest(s_state) AS state) AS n
     WHERE t.actor = n.actor AND t.key = n.key AND t.version = n.base;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    IF found_rows < cardinality(s_actor) THEN
      INSERT INTO relay.actor_state (actor, key, version, state, updated_at)
      SELECT n.actor, n.key, n.version, n.state::jsonb, clock_timestamp()
        FROM (SELECT unnest(s_actor) AS actor, unnest(s_key) AS key, unnest(s_base) AS base,
              unnest(s_version) AS version, unnest(s_state) AS state) AS n
       WHERE n.base = 0
      ON CONFLICT DO NOTHING;
      GET DIAGNOSTICS more_rows = ROW_COUNT;
      PERFORM relay.expect_rows('states', cardinality(s_actor), found_rows + more_rows);
    END IF;
  END IF;
  IF cardinality(c_id) > 0 THEN
    DELETE FROM relay.deliveries AS t
     USING (SELECT unnest(c_status) AS status, unnest(c_actor) AS actor,
              unnest(c_partition) AS partition, unnest(c_id) AS id) AS n
     WHERE t.status = n.status AND t.actor = n.actor
       AND t.partition = n.partition::smallint AND t.id = n.id::uuid;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    PERFORM relay.expect_rows('deliveries', cardinality(c_id), found_rows);
  END IF;
  IF cardinality(p_id) > 0 THEN
    UPDATE relay.deliveries AS t
       SET status = n.next, attempt = n.attempt, due_at = n.due::timestamptz, last_error = n.error,
           errors = relay.with_error(t.errors, n.attempt, n.error),
           died_at = CASE WHEN n.next = 'dead' THEN now() END
      FROM (SELECT unnest(p_status) AS status, unnest(p_actor) AS actor,
              unnest(p_partition) AS partition, unnest(p_id) AS id,
              unnest(p_next) AS next, unnest(p_attempt) AS attempt,
              unnest(p_due) AS due, unnest(p_error) AS error) AS n
     WHERE t.status = n.status AND t.actor = n.actor
       AND t.partition = n.partition::smallint AND t.id = n.id::uuid;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    PERFORM relay.expect_rows('deliveries', cardinality(p_id), found_rows);
  END IF;
  IF cardinality(r_id) > 0 THEN
    INSERT INTO relay.requests (request_id, day, fingerprint, message_id, data, emitted)
    SELECT n.id, (now() AT TIME ZONE 'UTC')::date, n.fingerprint, n.message::uuid, n.data::jsonb,
           n.emitted::jsonb
      FROM (SELECT unnest(r_id) AS id, unnest(r_fingerprint) AS fingerprint,
              unnest(r_message) AS message, unnest(r_data) AS data,
              unnest(r_emitted) AS emitted) AS n
     WHERE NOT EXISTS (SELECT FROM relay.requests AS q WHERE q.request_id = n.id)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    PERFORM relay.expect_rows('replies', cardinality(r_id), found_rows);
  END IF;
  IF cardinality(j_turn) > 0 THEN
    INSERT INTO relay.journal (turn_id, actor, key, version, message, emitted, outcome, at)
    SELECT n.turn::uuid, n.actor, n.key, n.version, n.message::json, n.emitted::json, n.outcome,
           now()
      FROM (SELECT unnest(j_turn) AS turn, unnest(j_actor) AS actor, unnest(j_key) AS key,
              unnest(j_version) AS version, unnest(j_message) AS message,
              unnest(j_emitted) AS emitted, unnest(j_outcome) AS outcome) AS n;
  END IF;
  IF cardinality(o_id) > 0 THEN
    INSERT INTO relay.deliveries (status, actor, partition, id, key, message, last_error, died_at)
    SELECT n.status, n.actor, n.partition::smallint, n.id::uuid, n.key, n.message::json, n.error,
           CASE WHEN n.status = 'dead' THEN now() END
      FROM (SELECT unnest(o_status) AS status, unnest(o_actor) AS actor,
              unnest(o_partition) AS partition, unnest(o_id) AS id,
              unnest(o_key) AS key, unnest(o_message) AS message,
              unnest(o_error) AS error) AS n;
  END IF;
END $$;

-- The dead letters that a filter means, newest first, behind an id. A filter that is NULL means all.
-- The planner settings are those of the other looks at this table: by keys, whatever the statistics say.
CREATE FUNCTION relay.dead_letters(
  f_actor text, f_event text, f_key text, f_error text,
  died_from timestamptz, died_before timestamptz, before_id uuid, most integer)
RETURNS SETOF relay.deliveries
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
BEGIN
  RETURN QUERY
  SELECT d.* FROM relay.deliveries AS d
   WHERE d.status = 'dead'
     AND (before_id IS NULL OR d.id < before_id)
     AND (f_actor IS NULL OR d.actor = f_actor)
     AND (f_key IS NULL OR d.key = f_key)
     AND (f_event IS NULL OR d.message ->> 'type' = f_event)
     AND (f_error IS NULL OR strpos(lower(d.last_error), lower(f_error)) > 0)
     AND (died_from IS NULL OR d.died_at >= died_from)
     AND (died_before IS NULL OR d.died_at < died_before)
   ORDER BY d.id DESC LIMIT most;
END $$;

-- What came after a dead letter, to the same instance: how many deliveries wait, and how many were
-- processed as far as the journal tells; an ask has its message's id as turn_id, a delivery its own.
CREATE FUNCTION relay.behind_dead_letter(letter relay.deliveries, most integer)
RETURNS TABLE (behind_ bigint, delivered_ bigint)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
BEGIN
  IF letter.key = '' THEN
    RETURN QUERY SELECT 0::bigint, 0::bigint;
    RETURN;
  END IF;
  RETURN QUERY SELECT
    (SELECT count(*) FROM (
      SELECT FROM relay.deliveries AS w
       WHERE w.status IN ('ready', 'retrying') AND w.actor = letter.actor
         AND w.partition = letter.partition AND w.id > letter.id AND w.key = letter.key
       LIMIT most) AS waiting),
    (SELECT count(*) FROM (
      SELECT FROM relay.journal AS j
       WHERE j.key = letter.key AND j.actor = letter.actor AND j.turn_id > letter.id
         AND j.outcome = 'done' AND j.message ->> 'id' <> j.turn_id::text
       LIMIT most) AS done);
END $$;

-- Makes dead letters ready again, with all attempts before them, and says in which partitions. Those
-- without a key are left: they have to be routed first.
CREATE FUNCTION relay.retry_dead_letters(l_id uuid[])
RETURNS TABLE (actor_ text, partition_ integer)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
  RETURN QUERY
  UPDATE relay.deliveries AS d
     SET status = 'ready', attempt = 0, due_at = now(), died_at = NULL
    FROM (SELECT unnest(l_id) AS id) AS n
   WHERE d.status = 'dead' AND d.id = n.id AND d.key <> ''
  RETURNING d.actor, d.partition::integer;
END $$;

-- Deletes dead letters and leaves a row each in the journal that says so.
CREATE FUNCTION relay.discard_dead_letters(l_id uuid[], reason text) RETURNS integer
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  gone integer;
BEGIN
  WITH discarded AS (
    DELETE FROM relay.deliveries AS d
     USING (SELECT unnest(l_id) AS id) AS n
     WHERE d.status = 'dead' AND d.id = n.id
    RETURNING d.id, d.actor, d.key, d.message)
  INSERT INTO relay.journal (turn_id, actor, key, version, message, outcome, at, note)
  SELECT l.id, l.actor, l.key, 0, l.message, 'discarded', now(), reason FROM discarded AS l;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;

-- How many dead letters each actor has: one walk over their part of the primary key.
CREATE FUNCTION relay.count_dead_letters() RETURNS TABLE (actor_ text, letters_ bigint)
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
BEGIN
  RETURN QUERY
  SELECT d.actor, count(*) FROM relay.deliveries AS d WHERE d.status = 'dead' GROUP BY d.actor;
END $$;
