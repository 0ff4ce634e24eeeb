package dev.relay.catalog;

import java.util.List;

/**
 * What applying a draft did, or would do: a line for each entry that the draft speaks of, unchanged
 * ones included. Immutable.
 *
 * @param lines actors, then events, then consumers, each by name
 */
public record CatalogChanges(List<CatalogChange> lines) {
  public CatalogChanges {
    lines = List.copyOf(lines);
  }

  /** Whether the catalog already said all of it; what waits doesn't count as a change. */
  public boolean isEmpty() {
    return lines.stream()
        .allMatch(
            line ->
                line.action() == CatalogChange.Action.UNCHANGED
                    || line.action() == CatalogChange.Action.WAITING);
  }

  /** The lines of one kind, for example all events that were added. */
  public List<CatalogChange> lines(CatalogChange.Subject subject, CatalogChange.Action action) {
    return lines.stream()
        .filter(line -> line.subject() == subject && line.action() == action)
        .toList();
  }

  /** How many entries of one kind met one fate. */
  public int count(CatalogChange.Subject subject, CatalogChange.Action action) {
    return lines(subject, action).size();
  }
}
