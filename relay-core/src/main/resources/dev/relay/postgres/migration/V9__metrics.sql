-- Business metrics: how far each has been counted in the journal, and what it came to. Position and
-- values change in one transaction, so each event counts once.
CREATE TABLE relay.metrics (
  actor      text COLLATE "C" NOT NULL,
  name       text COLLATE "C" NOT NULL,
  definition text NOT NULL,
  txid       xid8 NOT NULL DEFAULT '0',
  seq        bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (actor, name)
);

CREATE TABLE relay.metric_values (
  actor  text COLLATE "C" NOT NULL,
  name   text COLLATE "C" NOT NULL,
  labels text COLLATE "C" NOT NULL,
  value  numeric NOT NULL,
  PRIMARY KEY (actor, name, labels),
  FOREIGN KEY (actor, name) REFERENCES relay.metrics ON DELETE CASCADE
);
