-- What instances can be found by. Each actor that declares indexes has a narrow table of its own,
-- relay.index_N, with the indexed values of its states. Triggers keep it, in the commit of the state.
-- actor_state itself gets no further index, so that its updates go on touching none.
CREATE SEQUENCE relay.index_number;

CREATE TABLE relay.indexes (
  actor       text COLLATE "C" PRIMARY KEY,
  number      bigint NOT NULL,
  fingerprint text NOT NULL,
  filled_to   text COLLATE "C" NOT NULL DEFAULT '',
  filled      boolean NOT NULL DEFAULT false
);

-- A time, or NULL where the text is none: an indexed value never stops a turn.
CREATE FUNCTION relay.time_of(t text) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN t::timestamptz;
EXCEPTION WHEN others THEN
  RETURN NULL;
END $$;
