-- Nodes: who is there, which actors each hosts, and what keeps one that was taken for dead from writing.

-- One row a living node. A node that stops renewing its lease loses its row; only with its row may it
-- commit. All times are this server's.
CREATE TABLE relay.nodes (
  name        text COLLATE "C" PRIMARY KEY,
  incarnation bigint NOT NULL,
  actors      text[] NOT NULL,
  version     text NOT NULL,
  place       text NOT NULL,
  url         text,
  leaving     boolean NOT NULL DEFAULT false,
  started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  lease_until timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- Counts every change of the nodes, except of their leases.
CREATE TABLE relay.membership (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch    bigint NOT NULL
);
INSERT INTO relay.membership (epoch) VALUES (0);

CREATE FUNCTION relay.next_epoch() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  changed bigint;
BEGIN
  UPDATE relay.membership SET epoch = epoch + 1 RETURNING epoch INTO changed;
  PERFORM pg_notify('relay_nodes', changed::text);
  RETURN changed;
END $$;

CREATE FUNCTION relay.join_node(
  n_name text, n_incarnation bigint, n_actors text[], n_version text, n_place text, n_url text,
  lease_ms bigint
) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO relay.nodes AS t (name, incarnation, actors, version, place, url, lease_until)
  VALUES (n_name, n_incarnation, n_actors, n_version, n_place, n_url,
          clock_timestamp() + lease_ms * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE
     SET incarnation = excluded.incarnation, actors = excluded.actors, leaving = false,
         started_at = excluded.started_at, lease_until = excluded.lease_until
   WHERE t.incarnation < excluded.incarnation;
  RETURN relay.next_epoch();
END $$;

-- Renews a lease; a node that may judge also removes those whose lease has run out.
CREATE FUNCTION relay.renew_node(n_name text, n_incarnation bigint, lease_ms bigint, judges boolean)
RETURNS TABLE (known_ boolean, epoch_ bigint, dead_ text[])
LANGUAGE plpgsql AS $$
DECLARE
  removed text[] := '{}';
  renewed boolean;
BEGIN
  UPDATE relay.nodes SET lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
   WHERE name = n_name AND incarnation = n_incarnation;
  renewed := FOUND;
  IF renewed AND judges THEN
    WITH over AS (
      SELECT name FROM relay.nodes WHERE lease_until < clock_timestamp() FOR UPDATE SKIP LOCKED),
    gone AS (
      DELETE FROM relay.nodes AS t USING over WHERE t.name = over.name RETURNING t.name)
    SELECT coalesce(array_agg(name), '{}') INTO removed FROM gone;
    IF cardinality(removed) > 0 THEN
      PERFORM relay.next_epoch();
    END IF;
  END IF;
  RETURN QUERY SELECT renewed, m.epoch, removed FROM relay.membership AS m;
END $$;

-- Says that a node gives its partitions away, or, for good, that it is gone.
CREATE FUNCTION relay.leave_node(n_name text, n_incarnation bigint, for_good boolean) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF for_good THEN
    DELETE FROM relay.nodes WHERE name = n_name AND incarnation = n_incarnation;
  ELSE
    UPDATE relay.nodes SET leaving = true
     WHERE name = n_name AND incarnation = n_incarnation AND NOT leaving;
  END IF;
  IF FOUND THEN
    PERFORM relay.next_epoch();
  END IF;
END $$;

-- Ends the transaction of a node that was taken for dead. RL002 is Relay's own code.
CREATE FUNCTION relay.check_fence(n_name text, n_incarnation bigint) RETURNS void
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
BEGIN
  PERFORM FROM relay.nodes WHERE name = n_name AND incarnation = n_incarnation;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'node % was taken for dead in its incarnation %', n_name, n_incarnation
      USING ERRCODE = 'RL002';
  END IF;
END $$;

-- Ready and retrying deliveries of many partitions, in each the first ones after an id, in the order
-- they were written. As relay.owed_deliveries, which is of one partition.
CREATE FUNCTION relay.owed_in_partitions(
  of_actors text[], of_partitions integer[], after_ids text[], most integer)
RETURNS TABLE (position_ bigint, id_ uuid, status_ text, key_ text, message_ text, attempt_ integer,
               due_at_ timestamptz)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
  RETURN QUERY
  SELECT n.position, t.id, t.status, t.key, t.message::text, t.attempt, t.due_at
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

-- The postgres transport's letters, and its notices where NOTIFY doesn't get through. Nothing here
-- has to survive a crash, so it isn't logged.
CREATE UNLOGGED TABLE relay.letters (
  node text COLLATE "C" NOT NULL,
  seq  bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  id   text NOT NULL,
  sent_by text NOT NULL,
  body text NOT NULL,
  at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (node, seq)
) WITH (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

-- Writes letters and rings for everything, in one round trip. l: letters, n: notices.
CREATE FUNCTION relay.post_letters(
  l_node text[], l_kind text[], l_id text[], l_from text[], l_body text[],
  n_channel text[], n_payload text[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(l_node) > 0 THEN
    INSERT INTO relay.letters (node, kind, id, sent_by, body)
    SELECT * FROM unnest(l_node, l_kind, l_id, l_from, l_body);
  END IF;
  PERFORM pg_notify(n.channel, n.payload) FROM unnest(n_channel, n_payload) AS n (channel, payload);
END $$;

-- Takes a node's letters, oldest first.
CREATE FUNCTION relay.take_letters(of_node text, most integer)
RETURNS TABLE (seq_ bigint, kind_ text, id_ text, sent_by_ text, body_ text)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
BEGIN
  RETURN QUERY
  WITH taken AS (
    DELETE FROM relay.letters AS t
     WHERE t.node = of_node AND t.seq IN (
       SELECT l.seq FROM relay.letters AS l WHERE l.node = of_node ORDER BY l.seq LIMIT most)
    RETURNING t.seq, t.kind, t.id, t.sent_by, t.body)
  SELECT * FROM taken ORDER BY seq;
END $$;
