package dev.relay.catalog;

/** The port that loads and changes the catalog. Its methods land with the Postgres side. */
public interface CatalogStore {
  /** The catalog as it is now. Blocks on the store. */
  Catalog load();
}
