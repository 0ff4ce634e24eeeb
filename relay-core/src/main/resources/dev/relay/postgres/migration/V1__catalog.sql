-- The event catalog: the truth that messages are checked and routed by.
--
-- Its tables live in the database's default schema, so that plain SQL works unqualified;
-- everything that serves only Relay lives in the schema "relay".
-- ${catalog_schema} is the first schema of the search_path at the time of the migration.

SET LOCAL search_path = ${catalog_schema}, pg_temp;

CREATE TABLE event_definitions (
  id             uuid        NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
  event_name     text        NOT NULL
    CONSTRAINT event_name_is_unique UNIQUE
    CONSTRAINT event_name_is_upper_snake CHECK (event_name ~ '^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$')
    CONSTRAINT event_name_has_at_most_100_characters CHECK (length(event_name) <= 100),
  kind           text        NOT NULL DEFAULT 'event'
    CONSTRAINT kind_is_command_query_or_event CHECK (kind IN ('command', 'query', 'event')),
  description    text        NOT NULL DEFAULT '',
  producer_actor text
    CONSTRAINT producer_actor_is_a_name CHECK (producer_actor ~ '^[A-Za-z][A-Za-z0-9_-]{0,99}$'),
  schema_version text        NOT NULL DEFAULT '1.0.0'
    CONSTRAINT schema_version_is_semver CHECK (schema_version ~
      '^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$'),
  payload_schema jsonb       NOT NULL DEFAULT '{"type": "object"}'
    CONSTRAINT payload_schema_is_object_or_boolean
      CHECK (jsonb_typeof(payload_schema) IN ('object', 'boolean')),
  result_schema  jsonb
    CONSTRAINT result_schema_is_object_or_boolean
      CHECK (jsonb_typeof(result_schema) IN ('object', 'boolean')),
  status         text        NOT NULL DEFAULT 'active'
    CONSTRAINT status_is_active_or_deprecated CHECK (status IN ('active', 'deprecated')),
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT an_event_names_its_producer CHECK (kind <> 'event' OR producer_actor IS NOT NULL)
);
COMMENT ON TABLE event_definitions IS
  'What may be sent: one row an event definition (command, query or event), with its JSON Schema.';
COMMENT ON COLUMN event_definitions.producer_actor IS
  'The one actor that emits an event. Commands and queries are sent by anyone and need none.';
COMMENT ON COLUMN event_definitions.schema_version IS
  'Semantic version of the schemas. A schema that changes without a new version raises its minor.';

CREATE TABLE event_consumers (
  id             uuid        NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
  event_id       uuid        NOT NULL
    CONSTRAINT event_is_defined REFERENCES event_definitions ON DELETE CASCADE,
  consumer_actor text        NOT NULL
    CONSTRAINT consumer_actor_is_a_name CHECK (consumer_actor ~ '^[A-Za-z][A-Za-z0-9_-]{0,99}$'),
  pattern        text        NOT NULL
    CONSTRAINT pattern_is_ask_tell_or_publish CHECK (pattern IN ('ask', 'tell', 'publish')),
  timeout_ms     integer     NOT NULL DEFAULT 5000
    CONSTRAINT timeout_ms_is_positive CHECK (timeout_ms > 0),
  key_field      text
    CONSTRAINT key_field_is_not_empty CHECK (key_field <> ''),
  created_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT an_actor_consumes_an_event_once UNIQUE (event_id, consumer_actor)
);
COMMENT ON TABLE event_consumers IS
  'Who receives an event definition, and how: ask (with a reply), tell (one actor), publish.';
CREATE INDEX event_consumers_by_actor ON event_consumers (consumer_actor);

CREATE TABLE event_schema_versions (
  event_id       uuid        NOT NULL REFERENCES event_definitions ON DELETE CASCADE,
  schema_version text        NOT NULL,
  payload_schema jsonb       NOT NULL,
  result_schema  jsonb,
  recorded_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (event_id, schema_version)
);
COMMENT ON TABLE event_schema_versions IS
  'Every schema an event definition ever had. Written by a trigger; a version never changes.';

CREATE TABLE actor_definitions (
  actor_name  text        NOT NULL PRIMARY KEY
    CONSTRAINT actor_name_is_a_name CHECK (actor_name ~ '^[A-Za-z][A-Za-z0-9_-]{0,99}$'),
  version     text        NOT NULL DEFAULT '1.0.0',
  description text        NOT NULL DEFAULT '',
  definition  jsonb       NOT NULL DEFAULT '{}'
    CONSTRAINT definition_is_an_object CHECK (jsonb_typeof(definition) = 'object'),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE actor_definitions IS 'The actor.yaml of each actor, as JSON.';

CREATE TABLE system_flows (
  id          uuid        NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
  flow_name   text        NOT NULL CONSTRAINT flow_name_is_unique UNIQUE
    CONSTRAINT flow_name_is_a_name CHECK (flow_name ~ '^[A-Za-z][A-Za-z0-9_-]{0,99}$'),
  description text        NOT NULL DEFAULT '',
  definition  jsonb       NOT NULL DEFAULT '{}'
    CONSTRAINT definition_is_an_object CHECK (jsonb_typeof(definition) = 'object'),
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE system_flows IS 'Business processes that run across actors.';

CREATE TABLE flow_steps (
  id          uuid    NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
  flow_id     uuid    NOT NULL
    CONSTRAINT flow_is_defined REFERENCES system_flows ON DELETE CASCADE,
  step_number integer NOT NULL CONSTRAINT step_number_is_positive CHECK (step_number > 0),
  -- an event that a flow needs can't be deleted
  event_id    uuid    NOT NULL CONSTRAINT event_is_defined REFERENCES event_definitions,
  description text    NOT NULL DEFAULT '',
  CONSTRAINT a_step_number_is_used_once UNIQUE (flow_id, step_number)
);
CREATE INDEX flow_steps_by_event ON flow_steps (event_id);

-- What the last applied definition of an actor declared, so that applying the next one withdraws
-- no more than that: rows that people typed are nobody's to remove. A declared subscription to an
-- event that nobody has defined yet waits here.
CREATE TABLE relay.catalog_declarations (
  actor_name text    NOT NULL,
  event_name text    NOT NULL,
  role       text    NOT NULL
    CONSTRAINT role_is_declares_or_consumes CHECK (role IN ('declares', 'consumes')),
  pattern    text,
  timeout_ms integer,
  key_field  text,
  PRIMARY KEY (actor_name, event_name, role),
  CONSTRAINT a_consumer_has_pattern_and_timeout
    CHECK (role = 'declares' OR (pattern IS NOT NULL AND timeout_ms IS NOT NULL))
);
CREATE INDEX catalog_declarations_by_event ON relay.catalog_declarations (event_name);

-- One row: the version of the catalog. It is locked from the first change of a transaction to its
-- end, so versions become visible in their order.
CREATE TABLE relay.catalog_version (
  only_row   boolean     NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row),
  version    bigint      NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO relay.catalog_version (version) VALUES (1);

-- The triggers run with the rights of their owner, so that a user who may write the catalog's
-- tables needs none in this schema.

-- Counts and announces a change of the catalog, once a transaction however many statements it has.
-- The mark is a setting local to the transaction: rolled back with it (or with its savepoint), and
-- unlike a stored transaction id it can't be mistaken after a restore into another cluster.
-- Runs before the statement, so that every writer takes the version row first: no deadlocks.
CREATE FUNCTION relay.catalog_changes() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  next bigint;
BEGIN
  IF current_setting('relay.catalog_change_counted', true) IS DISTINCT FROM 'yes' THEN
    UPDATE relay.catalog_version SET version = version + 1, changed_at = now()
      RETURNING version INTO next;
    PERFORM set_config('relay.catalog_change_counted', 'yes', true);
    PERFORM pg_notify('relay_catalog', next::text);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION relay.touch_updated_at() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;

-- The version that a changed schema gets when nobody named one: the next free minor number.
CREATE FUNCTION relay.next_schema_version(event uuid, current_version text) RETURNS text
  LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT major || '.' || 1 + greatest(
           split_part(current_version, '.', 2)::bigint,
           (SELECT max(split_part(schema_version, '.', 2)::bigint)
              FROM event_schema_versions
             WHERE event_id = event AND split_part(schema_version, '.', 1) = major)) || '.0'
    FROM split_part(current_version, '.', 1) AS major
$$;

CREATE FUNCTION relay.raise_schema_version() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  NEW.schema_version := relay.next_schema_version(NEW.id, OLD.schema_version);
  RETURN NEW;
END $$;

CREATE FUNCTION relay.record_schema_version() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO event_schema_versions (event_id, schema_version, payload_schema, result_schema)
    VALUES (NEW.id, NEW.schema_version, NEW.payload_schema, NEW.result_schema)
    ON CONFLICT (event_id, schema_version) DO NOTHING;
  IF NOT FOUND AND EXISTS (
      SELECT FROM event_schema_versions
       WHERE event_id = NEW.id AND schema_version = NEW.schema_version
         AND (payload_schema, result_schema)
             IS DISTINCT FROM (NEW.payload_schema, NEW.result_schema)) THEN
    RAISE EXCEPTION 'schema version % of % was recorded with another schema',
        NEW.schema_version, NEW.event_name
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_schema_version_never_changes',
        HINT = 'Leave schema_version as it is to get the next minor version, or name a new one.';
  END IF;
  RETURN NULL;
END $$;

-- An event that becomes defined, by whatever means, finds the actors that were waiting for it.
CREATE FUNCTION relay.admit_waiting_consumers() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO event_consumers (event_id, consumer_actor, pattern, timeout_ms, key_field)
    SELECT NEW.id, d.actor_name, d.pattern, d.timeout_ms, d.key_field
      FROM relay.catalog_declarations d
     WHERE d.event_name = NEW.event_name AND d.role = 'consumes'
    ON CONFLICT (event_id, consumer_actor) DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER a_updated_at BEFORE UPDATE ON event_definitions
  FOR EACH ROW EXECUTE FUNCTION relay.touch_updated_at();
CREATE TRIGGER a_updated_at BEFORE UPDATE ON actor_definitions
  FOR EACH ROW EXECUTE FUNCTION relay.touch_updated_at();
CREATE TRIGGER a_updated_at BEFORE UPDATE ON system_flows
  FOR EACH ROW EXECUTE FUNCTION relay.touch_updated_at();

CREATE TRIGGER b_raise_schema_version BEFORE UPDATE ON event_definitions
  FOR EACH ROW
  WHEN (NEW.schema_version = OLD.schema_version
    AND (NEW.payload_schema, NEW.result_schema)
        IS DISTINCT FROM (OLD.payload_schema, OLD.result_schema))
  EXECUTE FUNCTION relay.raise_schema_version();
CREATE TRIGGER c_record_schema_version AFTER INSERT OR UPDATE ON event_definitions
  FOR EACH ROW EXECUTE FUNCTION relay.record_schema_version();

CREATE TRIGGER d_admit_waiting_consumers AFTER INSERT ON event_definitions
  FOR EACH ROW WHEN (NEW.kind = 'event') EXECUTE FUNCTION relay.admit_waiting_consumers();

CREATE TRIGGER catalog_changes
  BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON event_definitions
  FOR EACH STATEMENT EXECUTE FUNCTION relay.catalog_changes();
CREATE TRIGGER catalog_changes
  BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON event_consumers
  FOR EACH STATEMENT EXECUTE FUNCTION relay.catalog_changes();
CREATE TRIGGER catalog_changes
  BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON actor_definitions
  FOR EACH STATEMENT EXECUTE FUNCTION relay.catalog_changes();
CREATE TRIGGER catalog_changes
  BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON system_flows
  FOR EACH STATEMENT EXECUTE FUNCTION relay.catalog_changes();
CREATE TRIGGER catalog_changes
  BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON flow_steps
  FOR EACH STATEMENT EXECUTE FUNCTION relay.catalog_changes();
