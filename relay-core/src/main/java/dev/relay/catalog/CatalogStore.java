package dev.relay.catalog;

/**
 * The port that loads and changes the catalog.
 *
 * <p>Every method blocks on the store and may be called from many threads. All of them throw {@code
 * RelayException} {@code DATABASE_UNREACHABLE} when the store doesn't answer; then nothing was
 * written, or, if the connection broke during the commit, all of it was: applying again is safe.
 */
public interface CatalogStore {
  /**
   * The catalog as it is now, of one moment: its version is that of the rows. An event whose stored
   * schema can't be used (somebody wrote nonsense with SQL) is in the snapshot too and refuses
   * every message, naming the schema's problem.
   */
  Catalog load();

  /** The version of the catalog now: one tiny query, to find out whether {@link #load} is due. */
  long version();

  /**
   * Makes the catalog say what the draft says, in one transaction, and tells what that changed. Two
   * applies, from any nodes, run one after the other. The same draft again changes nothing.
   *
   * <p>Withdrawn is only what an earlier apply of the same actor declared: rows written with SQL,
   * or by {@link #add}, stay until a definition declares them. A withdrawn consumer row is deleted;
   * a withdrawn event is kept, with status {@code deprecated}, because others may still consume it
   * and its history stays readable. Declared again it is {@code active} again.
   *
   * @throws dev.relay.failure.RelayException {@code CATALOG_CONFLICT} when the catalog names
   *     another producer or handler, or a command or query is subscribed to; {@code
   *     DEFINITION_INVALID} for unusable names, {@code SCHEMA_INVALID} for unusable schemas. Every
   *     problem is a violation; nothing was written.
   */
  CatalogChanges apply(CatalogDraft draft);

  /** What {@link #apply} would do or refuse now, without writing anything. */
  CatalogChanges preview(CatalogDraft draft);

  /**
   * Adds one event with its consumers.
   *
   * @return the event as the catalog now has it
   * @throws dev.relay.failure.RelayException {@code CATALOG_CONFLICT} when there is one of this
   *     name; {@code DEFINITION_INVALID} for unusable names, {@code SCHEMA_INVALID} for unusable
   *     schemas, each a violation
   */
  EventDefinition add(EventDraft draft);
}
