-- As before, but asked after a commit's writes and with eyes of its own: a commit that waited in
-- Postgres while its node was taken for dead is refused too, not only one that came later.
CREATE OR REPLACE FUNCTION relay.check_fence(n_name text, n_incarnation bigint) RETURNS void
LANGUAGE plpgsql VOLATILE
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
