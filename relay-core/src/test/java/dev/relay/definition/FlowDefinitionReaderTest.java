package dev.relay.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogDraft;
import dev.relay.definition.ActorDefinitionReader.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a flow's file may say, and how its mistakes are told. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlowDefinitionReaderTest {
  private static final String ACTOR =
      """
      actor:
        name: stock
        key: product
        class: shop.Stock
        handles:
          RESERVE_STOCK: { payload: { product: string } }
          NOTE: { payload: { product: string }, pattern: tell }
        events:
          STOCK_GONE: { payload: { product: string, order: string } }
      """;

  @Test
  void a_flow_is_read_with_all_kinds_of_steps() {
    FlowDefinition flow =
        flow(
            """
            flow:
              name: checkout
              key: order
              start: { command: START, payload: { order: string }, waits: reserve, timeout: 5s }
              deadline: { within: 15m, then: fail }
              steps:
                - name: reserve
                  ask: RESERVE_STOCK
                  with: '{ "product": input.order }'
                  as: stock
                  onRefused: { GONE: continue, otherwise: fail }
                - branch:
                    - { when: stock.refused = "GONE", steps: [ { end: true } ] }
                    - otherwise: [ { wait: STOCK_GONE, within: 1h, onTimeout: continue } ]
                - { delay: 5m }
                - { fail: TOO_LATE, message: '"too late"', then: fail }
            """);

    assertThat(flow.allSteps().stream().map(FlowStep::name))
        .containsExactly("reserve", "branch", "end", "stock_gone", "delay", "too_late");
    FlowStep.Send send = (FlowStep.Send) flow.steps().get(0);
    assertThat(send.onRefused("GONE")).isEqualTo(FlowStep.Then.CONTINUE);
    assertThat(send.onRefused("OTHER")).isEqualTo(FlowStep.Then.FAIL);
  }

  @Test
  void every_mistake_is_told_at_once_with_its_place_and_what_was_probably_meant() {
    String wrong =
        """
        flow:
          name: check-out
          kye: order
          start: { command: start_it, payload: { order: string }, waits: resreve }
          again: allways
          deadline: soon
          steps:
            - name: reserve
              ask: RESERVE_STOCK
              with: '{ "product": inptu.order }'
              as: stock
            - name: reserve
              tell: NOTE
              with: '$summ(1)'
              onRefused: compensat
            - aks: RESERVE_STOCK
            - { ask: RESERVE_STOCK }
            - { delay: 5 parsecs }
            - { wait: STOCK_GONE, onTimeout: continue }
          reply: stok.level
        """;

    List<Problem> problems = problems(wrong);

    assertThat(problems.stream().map(Problem::toString))
        .anySatisfy(text -> assertThat(text).contains(":3:3", "\"kye\"", "\"key\""))
        .anySatisfy(text -> assertThat(text).contains(":4:", "UPPER_SNAKE", "START_IT"))
        .anySatisfy(text -> assertThat(text).contains(":4:", "resreve", "\"reserve\""))
        .anySatisfy(text -> assertThat(text).contains(":5:10", "allways", "never"))
        .anySatisfy(text -> assertThat(text).contains(":6:13", "duration", "soon"))
        .anySatisfy(text -> assertThat(text).contains(":10:27", "inptu", "\"input\""))
        .anySatisfy(text -> assertThat(text).contains(":12:", "two steps are called reserve"))
        .anySatisfy(text -> assertThat(text).contains(":14:", "$summ", "sum"))
        .anySatisfy(text -> assertThat(text).contains(":15:", "compensat", "\"compensate\""))
        .anySatisfy(text -> assertThat(text).contains(":16:", "a step has one of", "\"ask\""))
        .anySatisfy(text -> assertThat(text).contains(":17:", "lacks with"))
        .anySatisfy(text -> assertThat(text).contains(":18:", "duration"))
        .anySatisfy(text -> assertThat(text).contains(":19:", "within"))
        .anySatisfy(text -> assertThat(text).contains(":20:", "stok", "\"stock\""));
  }

  @Test
  void events_are_checked_against_the_actors_and_the_catalog() {
    FlowSet flows =
        new FlowDefinitionReader()
            .readAll(
                List.of(
                    new Source(
                        "flows/wrong.yaml",
                        """
                        flow:
                          name: wrong
                          key: order
                          start: { event: STOCK_GON }
                          cancelOn: RESERVE_STOCK
                          steps:
                            - { ask: RESERV_STOCK, with: '{}' }
                            - { ask: NOTE, with: '{}' }
                            - { tell: STOCK_GONE, with: '{}' }
                            - { wait: STOCK_GONE, key: odrer }
                        """)));
    DefinitionSet actors =
        new ActorDefinitionReader().readAll(List.of(new Source("actors/stock", ACTOR)));

    InvalidDefinitionException invalid =
        catchThrowableOfType(
            InvalidDefinitionException.class,
            () -> flows.check(actors, new Catalog(0, Map.of(), Map.of())));

    assertThat(invalid.problems().stream().map(Problem::toString))
        .anySatisfy(text -> assertThat(text).contains(":4:", "STOCK_GON", "\"STOCK_GONE\""))
        .anySatisfy(text -> assertThat(text).contains(":5:", "command or query"))
        .anySatisfy(text -> assertThat(text).contains(":7:", "\"RESERVE_STOCK\""))
        .anySatisfy(text -> assertThat(text).contains(":8:", "NOTE", "as tell, not as ask"))
        .anySatisfy(text -> assertThat(text).contains(":9:", "is an event"))
        .anySatisfy(text -> assertThat(text).contains(":10:", "odrer", "\"order\""))
        .hasSize(6);
  }

  @Test
  void the_draft_has_the_flow_its_actor_and_what_it_receives() {
    FlowSet flows =
        new FlowDefinitionReader()
            .readAll(
                List.of(
                    new Source(
                        "flows/small.yaml",
                        """
                        flow:
                          name: small
                          key: order
                          start: { command: START_SMALL, payload: { order: string } }
                          steps:
                            - { ask: RESERVE_STOCK, with: '{ "product": input.order }' }
                            - { wait: STOCK_GONE }
                        """)));

    CatalogDraft draft = flows.draft(new CatalogDraft(List.of(), List.of()));

    assertThat(draft.actors())
        .singleElement()
        .satisfies(actor -> assertThat(actor.name()).isEqualTo("flow-small"));
    assertThat(draft.events().stream().map(event -> event.name()))
        .containsExactly("START_SMALL", "STOCK_GONE");
    assertThat(draft.flows().get(0).steps().stream().map(step -> step.event()))
        .containsExactly("START_SMALL", "RESERVE_STOCK", "STOCK_GONE");
  }

  private static FlowDefinition flow(String text) {
    return new FlowDefinitionReader()
        .readAll(List.of(new Source("flow.yaml", text)))
        .flows()
        .get(0);
  }

  private static List<Problem> problems(String text) {
    return catchThrowableOfType(
            InvalidDefinitionException.class,
            () -> new FlowDefinitionReader().readAll(List.of(new Source("flow.yaml", text))))
        .problems();
  }
}
