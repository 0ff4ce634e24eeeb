-- Timers: a delivery of an instance to itself that is due later, with a name that the instance gave it.
ALTER TABLE relay.deliveries ADD COLUMN timer text COLLATE "C";
CREATE INDEX deliveries_timer ON relay.deliveries (actor, key, timer) WHERE timer IS NOT NULL;

-- As before, with t: timers. One with an id takes the place of the timer of that name that hasn't
-- fired yet, one without calls it off. It comes last, so that a turn may set the timer again that it
-- consumes. Request ids have their primary key within a day; around midnight they are recorded under
-- locks, so that one can't be recorded for both days.
DROP FUNCTION relay.commit_group(text[], text[], bigint[], bigint[], text[], text[], text[], integer[], text[], text[], text[], integer[], text[], text[], integer[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], bigint[], text[], text[], text[], text[], text[], integer[], text[], text[], text[], text[]);

CREATE FUNCTION relay.commit_group(
  s_actor text[], s_key text[], s_base bigint[], s_version bigint[], s_state text[],
  c_status text[], c_actor text[], c_partition integer[], c_id text[],
  p_status text[], p_actor text[], p_partition integer[], p_id text[],
  p_next text[], p_attempt integer[], p_due text[], p_error text[],
  r_id text[], r_fingerprint text[], r_message text[], r_data text[], r_emitted text[],
  j_turn text[], j_actor text[], j_key text[], j_version bigint[], j_message text[],
  j_emitted text[], j_outcome text[],
  o_status text[], o_actor text[], o_partition integer[], o_id text[], o_key text[],
  o_message text[], o_error text[],
  t_actor text[], t_partition integer[], t_key text[], t_name text[], t_id text[], t_due text[],
  t_message text[]
) RETURNS void
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  found_rows integer;
  more_rows integer;
  slot bigint;
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
    IF abs(extract(epoch FROM now() AT TIME ZONE 'UTC' - (now() AT TIME ZONE 'UTC' + interval '12 hours')::date)) < 600 THEN
      -- around midnight the same id may be on its way to the other day: one at a time
      FOR slot IN SELECT DISTINCT hashtextextended(id, 0) & 63 FROM unnest(r_id) AS id ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(x'52656c61'::integer, slot::integer);
      END LOOP;
    END IF;
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
  IF cardinality(t_name) > 0 THEN
    DELETE FROM relay.deliveries AS t
     USING (SELECT unnest(t_actor) AS actor, unnest(t_key) AS key, unnest(t_name) AS name) AS n
     WHERE t.timer IS NOT NULL AND t.actor = n.actor AND t.key = n.key AND t.timer = n.name
       AND t.status IN ('scheduled', 'ready');
    INSERT INTO relay.deliveries (status, actor, partition, id, key, message, due_at, timer)
    SELECT 'scheduled', n.actor, n.partition::smallint, n.id::uuid, n.key, n.message::json,
           n.due::timestamptz, n.name
      FROM (SELECT unnest(t_actor) AS actor, unnest(t_partition) AS partition,
              unnest(t_key) AS key, unnest(t_name) AS name, unnest(t_id) AS id,
              unnest(t_due) AS due, unnest(t_message) AS message) AS n
     WHERE n.id IS NOT NULL;
  END IF;
END $$;

-- An id of the form that nodes mint (UUID, version 7), ordered by a place within its millisecond. For
-- at most 4,096 places; the rest is random.
CREATE FUNCTION relay.ordered_id(at timestamptz, place integer) RETURNS uuid
LANGUAGE sql VOLATILE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0')
          || '7' || lpad(to_hex(place), 3, '0')
          || substr('89ab', 1 + floor(random() * 4)::integer, 1)
          || substr(md5(random()::text || clock_timestamp()::text), 1, 15))::uuid
$$;

-- Makes due timers ready and says in which partitions. They get new ids, in the order in which they
-- were due: a queue is read by id, and what fires now comes behind what is there. One node at a time,
-- so that this order holds for all of them.
DROP FUNCTION relay.release_scheduled(text[], timestamptz);
CREATE FUNCTION relay.release_scheduled(of_actors text[], due timestamptz)
RETURNS TABLE (actor_ text, partition_ integer)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  at timestamptz;
BEGIN
  IF NOT EXISTS (SELECT FROM relay.deliveries AS d
                  WHERE d.status = 'scheduled' AND d.due_at <= due AND d.actor = ANY (of_actors)) THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('relay.release_scheduled'));
  at := clock_timestamp();
  RETURN QUERY
  WITH due_now AS MATERIALIZED (
    SELECT d.actor, d.partition, d.id,
           (row_number() OVER (ORDER BY d.due_at, d.id))::integer - 1 AS place
      FROM relay.deliveries AS d
     WHERE d.status = 'scheduled' AND d.due_at <= due AND d.actor = ANY (of_actors)
     ORDER BY d.due_at, d.id LIMIT 4096),
  released AS (
    UPDATE relay.deliveries AS d
       SET status = 'ready', id = relay.ordered_id(at, n.place)
      FROM due_now AS n
     WHERE d.status = 'scheduled' AND d.actor = n.actor AND d.partition = n.partition
       AND d.id = n.id
    RETURNING d.actor, d.partition)
  SELECT DISTINCT r.actor, r.partition::integer FROM released AS r;
END $$;

-- Nobody reads one partition at a time any more.
DROP FUNCTION relay.owed_deliveries(text, integer, uuid, integer);

-- As in V4, with the timer's name.
DROP FUNCTION relay.owed_in_partitions(text[], integer[], text[], integer);
CREATE FUNCTION relay.owed_in_partitions(
  of_actors text[], of_partitions integer[], after_ids text[], most integer)
RETURNS TABLE (position_ bigint, id_ uuid, status_ text, key_ text, message_ text, attempt_ integer,
               due_at_ timestamptz, timer_ text)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
  RETURN QUERY
  SELECT n.position, t.id, t.status, t.key, t.message::text, t.attempt, t.due_at,
         t.timer
    FROM unnest(of_actors, of_partitions, after_ids) WITH ORDINALITY
         AS n (actor, partition, after, position)
   CROSS JOIN LATERAL (
     SELECT u.* FROM (
       (SELECT d.* FROM relay.deliveries AS d
         WHERE d.status = 'ready' AND d.actor = n.actor AND d.partition = n.partition::smallint
           AND d.id > n.after::uuid
         ORDER BY d.id LIMIT most)
       UNION ALL
       (SELECT d.* FROM relay.deliveries AS d
         WHERE d.status = 'retrying' AND d.actor = n.actor AND d.partition = n.partition::smallint
           AND d.id > n.after::uuid
         ORDER BY d.id LIMIT most)) AS u
     ORDER BY u.id LIMIT most) AS t
   ORDER BY n.position, t.id;
END $$;
