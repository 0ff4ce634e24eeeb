-- Old days of journal and requests are dropped whole.

-- Up to where the event stream has been forgotten: whoever resumes before it has missed something.
CREATE TABLE relay.journal_forgotten (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  txid     xid8 NOT NULL,
  seq      bigint NOT NULL
);

-- Makes the partition of a day; harmless where it exists. Commits wait while this waits for readers,
-- so it gives up soon: there is a week's time. Rows of that day that came before it was
-- made are in the default partition, and move.
CREATE FUNCTION relay.make_partition(parent text, of_day date) RETURNS void
LANGUAGE plpgsql
SET lock_timeout = '1s'
AS $$
DECLARE
  name text := parent || '_' || to_char(of_day, 'YYYYMMDD');
  late text := parent || '_default';
  by_column text := CASE parent WHEN 'journal' THEN 'at' ELSE 'day' END;
  low text := of_day::text;
  high text := (of_day + 1)::text;
  strays boolean;
BEGIN
  IF to_regclass('relay.' || name) IS NOT NULL THEN
    RETURN;
  END IF;
  IF parent = 'journal' THEN
    low := (of_day::timestamp AT TIME ZONE 'UTC')::text;
    high := ((of_day + 1)::timestamp AT TIME ZONE 'UTC')::text;
  END IF;
  EXECUTE format('SELECT EXISTS (SELECT FROM relay.%1$I WHERE %2$I >= %3$L AND %2$I < %4$L)',
                 late, by_column, low, high) INTO strays;
  IF NOT strays THEN
    EXECUTE format('CREATE TABLE relay.%I PARTITION OF relay.%I FOR VALUES FROM (%L) TO (%L)',
                   name, parent, low, high);
    RETURN;
  END IF;
  EXECUTE format('LOCK TABLE relay.%I IN ACCESS EXCLUSIVE MODE', late);
  EXECUTE format('CREATE TABLE relay.%I (LIKE relay.%I INCLUDING ALL)', name, parent);
  EXECUTE format('WITH moved AS (DELETE FROM relay.%1$I WHERE %2$I >= %3$L AND %2$I < %4$L RETURNING *)'
                 ' INSERT INTO relay.%5$I SELECT * FROM moved', late, by_column, low, high, name);
  EXECUTE format('ALTER TABLE relay.%I ATTACH PARTITION relay.%I FOR VALUES FROM (%L) TO (%L)',
                 parent, name, low, high);
END $$;

-- Makes the daily partitions from a day on, and those of days whose rows are in a default partition.
CREATE OR REPLACE FUNCTION relay.ensure_partitions(from_day date, days integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  d date;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('relay.ensure_partitions'));
  FOR d IN
    SELECT from_day + i FROM generate_series(0, days - 1) AS i
     UNION SELECT (at AT TIME ZONE 'UTC')::date FROM relay.journal_default
     ORDER BY 1
  LOOP
    PERFORM relay.make_partition('journal', d);
  END LOOP;
  FOR d IN
    SELECT from_day + i FROM generate_series(0, days - 1) AS i
     UNION SELECT day FROM relay.requests_default
     ORDER BY 1
  LOOP
    PERFORM relay.make_partition('requests', d);
  END LOOP;
END $$;

-- Drops the oldest daily partition before a day and says which; NULL where there is none, or another
-- node is about it. Gives up where readers hold it, to come back later.
CREATE FUNCTION relay.drop_oldest_day(parent text, before date) RETURNS text
LANGUAGE plpgsql
SET lock_timeout = '1s'
AS $$
DECLARE
  oldest text;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('relay.drop_oldest_day')) THEN
    RETURN NULL;
  END IF;
  SELECT min(c.relname::text COLLATE "C") INTO oldest
    FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
   WHERE i.inhparent = ('relay.' || parent)::regclass
     AND c.relname ~ ('^' || parent || '_[0-9]{8}$')
     AND c.relname::text COLLATE "C" < parent || '_' || to_char(before, 'YYYYMMDD');
  IF oldest IS NULL THEN
    RETURN NULL;
  END IF;
  IF parent = 'journal' THEN
    EXECUTE format(
      'INSERT INTO relay.journal_forgotten AS f (txid, seq)'
      ' SELECT j.txid, j.seq FROM relay.%I AS j WHERE j.emitted IS NOT NULL'
      ' ORDER BY j.txid DESC, j.seq DESC LIMIT 1'
      ' ON CONFLICT (only_row) DO UPDATE SET txid = excluded.txid, seq = excluded.seq'
      ' WHERE (f.txid, f.seq) < (excluded.txid, excluded.seq)', oldest);
  END IF;
  EXECUTE format('DROP TABLE relay.%I', oldest);
  RETURN oldest;
END $$;
