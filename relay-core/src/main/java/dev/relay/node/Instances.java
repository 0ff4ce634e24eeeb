package dev.relay.node;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.definition.ActorDefinition;
import dev.relay.definition.ActorDefinitionReader;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.find.Column;
import dev.relay.find.Cursor;
import dev.relay.find.FindException;
import dev.relay.find.FindPlan;
import dev.relay.find.FindQuery;
import dev.relay.find.FindText;
import dev.relay.find.Index;
import dev.relay.find.Indexes;
import dev.relay.message.Json;
import dev.relay.store.InstanceFinder;
import dev.relay.store.InstanceFinder.FoundState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Instances of any actor that the catalog knows, found by what people ask for. Thread-safe; blocks
 * on the store.
 */
public final class Instances {
  private final InstanceFinder store;
  private final Supplier<Catalog> catalogs;
  private final InstantSource clock;

  public Instances(InstanceFinder store, Supplier<Catalog> catalogs, InstantSource clock) {
    this.store = store;
    this.catalogs = catalogs;
    this.clock = clock;
  }

  /**
   * A question.
   *
   * @param where conditions with {@code and} between them, {@code status = shipped and total >
   *     100}; empty for all instances of the index
   * @param order as an index has it, {@code createdAt desc}, or the other way round; empty for the
   *     order of the index that answers
   * @param limit instances on a page, 1 to {@link FindQuery#MOST}
   * @param after {@link Page#next} of the page before; absent for the first
   */
  public record Question(
      String actor, String where, String order, int limit, @Nullable String after) {}

  /**
   * A page of what was found.
   *
   * @param next where the next page begins; absent where this is the last
   */
  public record Page(List<Found> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * An instance that was found.
   *
   * @param values the indexed values it was found by, by their names
   */
  public record Found(InstanceState instance, Map<String, String> values) {}

  /**
   * Finds instances. All of a page is as of one moment, and has every turn that anybody has heard
   * of.
   *
   * @throws RelayException {@code NOT_INDEXED} where the question names what isn't indexed, or no
   *     index answers it
   */
  public Page find(Question question) {
    Indexes indexes = indexes(question.actor());
    try {
      FindQuery query =
          new FindQuery(
              indexes,
              FindText.conditions(question.where(), indexes, true),
              FindText.order(question.order(), indexes),
              question.limit());
      FindPlan plan = query.plan(Json.mapper().createObjectNode(), clock.instant());
      String after = question.after();
      Cursor cursor = after == null ? null : Cursor.read(after, plan);
      List<FoundState> found = store.find(plan, cursor, question.limit() + 1);
      boolean more = found.size() > question.limit();
      List<Found> items = new ArrayList<>();
      for (FoundState each : more ? found.subList(0, question.limit()) : found) {
        items.add(new Found(InstanceState.of(each.state()), values(plan, each)));
      }
      return new Page(items, more ? found.get(question.limit() - 1).cursor().text(plan) : null);
    } catch (FindException wrong) {
      throw refused(wrong);
    }
  }

  /** By the definition in the catalog, as the actor may be hosted elsewhere. */
  private Indexes indexes(String actor) {
    ActorEntry entry = catalogs.get().actor(actor).orElse(null);
    if (entry == null || !entry.definition().path("actor").has("indexes")) {
      return new Indexes(actor, 1, List.of());
    }
    ActorDefinition definition =
        new ActorDefinitionReader().read(actor, entry.definition().toString());
    return definition.indexes();
  }

  private static Map<String, String> values(FindPlan plan, FoundState found) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < plan.prefix(); i++) {
      Column column = plan.index().keys().get(i).column();
      plan.where().stream()
          .filter(each -> each.operator().equals("=") && each.column().equals(column))
          .findFirst()
          .ifPresent(each -> values.put(column.text(), each.value()));
    }
    List<Index.Key> order = plan.order();
    for (int i = 0; i < order.size(); i++) {
      values.put(order.get(i).column().text(), found.values().get(i));
    }
    return values;
  }

  static RelayException refused(FindException wrong) {
    String suggestion = wrong.suggestion();
    return RelayException.of(ErrorCode.NOT_INDEXED, String.valueOf(wrong.getMessage()))
        .remedy(
            suggestion == null
                ? "declare an index in the actor's `indexes:`, or ask for what is indexed"
                : "did you mean \"" + suggestion + "\"?")
        .build();
  }
}
