package shoppers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Whether the shop has done all that it owes: nothing to deliver, no checkout under way. */
final class Quiet {
  private final Shop shop;
  private final Set<String> users;

  Quiet(Shop shop, Collection<Shopper> shoppers) {
    this.shop = shop;
    this.users = shoppers.stream().map(Shopper::userId).collect(Collectors.toSet());
  }

  /** Waits for it, and returns what is still owed when the time is over. */
  List<Difference> await(long endNanos) {
    List<Difference> owed = owed();
    while (!owed.isEmpty() && System.nanoTime() < endNanos) {
      Shop.rest();
      owed = owed();
    }
    return owed;
  }

  private List<Difference> owed() {
    List<Difference> owed = new ArrayList<>();
    long deliveries = deliveries(shop.get("/api/nodes").body());
    if (deliveries > 0) {
      owed.add(new Difference("deliveries", "0 owed", deliveries + " owed"));
    }
    for (JsonNode run : runs("flow=checkout")) {
      if (users.contains(run.path("key").asString(""))) {
        owed.add(new Difference(name(run), "over", run.path("status").asString("")));
      }
    }
    for (JsonNode run : runs("status=paused")) {
      owed.add(new Difference(name(run), "not paused", run.at("/error/message").asString("")));
    }
    return owed;
  }

  private static long deliveries(JsonNode nodes) {
    long owed = nodes.at("/unhosted/pending").asLong(0);
    for (JsonNode node : nodes.path("nodes")) {
      owed += node.path("pending").asLong(0) + node.path("retrying").asLong(0);
    }
    return owed;
  }

  private JsonNode runs(String which) {
    return shop.get("/api/flows?limit=200&" + which).body().path("runs");
  }

  private static String name(JsonNode run) {
    return "flow " + run.path("id").asString("");
  }
}
