package dev.relay.cluster;

import java.util.List;

/**
 * The living nodes as of one moment.
 *
 * @param epoch counts the changes of the list
 * @param members by name
 */
public record Roster(long epoch, List<Member> members) {
  public Roster {
    members = List.copyOf(members);
  }
}
