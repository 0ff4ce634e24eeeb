package dev.relay.bench.contestant;

import dev.relay.bench.load.BlockingLoad;
import dev.relay.bench.load.Carts;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Yardstick (c): the rows that Relay writes for a turn (state, journal row, two deliveries), in
 * groups with one statement a group, by a bare JDBC loop that computes nothing: the limit of group
 * commit. The consuming variant takes both deliveries again, with a second statement a group.
 */
final class GroupCommit implements Contestant {
  private final String name;
  private final int connections;
  private final boolean consuming;

  GroupCommit(String name, int connections, boolean consuming) {
    this.name = name;
    this.connections = connections;
    this.consuming = consuming;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return "groups of %d turns in one unnest statement, %d connection%s%s"
        .formatted(
            TurnGroup.TURNS,
            connections,
            connections == 1 ? "" : "s",
            consuming ? ", both deliveries consumed" : "");
  }

  @Override
  public List<Integer> clients(List<Integer> asked) {
    return List.of(connections);
  }

  @Override
  public Running start(Database database, Carts carts) throws SQLException {
    database.execute(TurnTables.CREATE);
    TurnRows rows = new TurnRows(carts);
    BlockingLoad load =
        new BlockingLoad(
            (index, clients) ->
                new GroupWriter(
                    database.connect(), new TurnGroup(rows, index, clients), consuming));
    return Running.of(new Door.InProcess(load), () -> {});
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of("SELECT count(*) FROM bench.journal WHERE actor = 'cart'");
  }

  @Override
  public Optional<String> backlogQuery() {
    return consuming ? Optional.of("SELECT count(*) FROM bench.deliveries") : Optional.empty();
  }
}
