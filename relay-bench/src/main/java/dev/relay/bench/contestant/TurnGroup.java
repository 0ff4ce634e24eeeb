package dev.relay.bench.contestant;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The turns that one connection commits together, made anew for each group: carts at random among
 * those the connection owns, no cart and no consuming instance twice.
 */
final class TurnGroup {
  /** Turns of a group, fewer only where there are too few carts. */
  static final int TURNS = 50;

  private static final int PARTITIONS = 64;

  private final TurnRows rows;
  private final int index;
  private final int connections;
  private final SplittableRandom random;
  private final BitSet taken = new BitSet();
  private final TurnColumns turns;
  private final TurnColumns consuming;
  private final int[] slots;
  private final UUID[] ids;
  private final String[] actors;
  private final String[] keys;
  private final Integer[] partitions;
  private final String[] messages;

  TurnGroup(TurnRows rows, int index, int connections) {
    this.rows = rows;
    this.index = index;
    this.connections = connections;
    this.random = new SplittableRandom(index);
    int size = Math.min(TURNS, rows.slots() / connections);
    int owed = size * TurnRows.CONSUMERS.length;
    this.turns = new TurnColumns(size);
    this.consuming = new TurnColumns(owed);
    this.slots = new int[owed];
    this.ids = new UUID[owed];
    this.actors = new String[owed];
    this.keys = new String[owed];
    this.partitions = new Integer[owed];
    this.messages = new String[owed];
  }

  int size() {
    return turns.size();
  }

  /** Deliveries that the group owes, and turns that consume them. */
  int owed() {
    return ids.length;
  }

  /** Chooses the next carts and makes their rows. */
  void next() {
    taken.clear();
    for (int i = 0; i < turns.size(); i++) {
      int slot = freeSlot();
      int cart = slot + rows.slots() * random.nextInt((rows.carts() - slot - 1) / rows.slots() + 1);
      for (int consumer = 0; consumer < TurnRows.CONSUMERS.length; consumer++) {
        owe(i * TurnRows.CONSUMERS.length + consumer, consumer, cart, slot);
      }
      String emitted = messages[i * TurnRows.CONSUMERS.length];
      turns.set(
          i,
          "cart",
          rows.cartKey(cart),
          rows.nextCartVersion(cart),
          rows.cartState(cart),
          rows.command(cart),
          "[" + emitted + "]");
    }
  }

  private int freeSlot() {
    int owned = rows.slots() / connections;
    int slot;
    do {
      slot = random.nextInt(owned) * connections + index;
    } while (taken.get(slot));
    taken.set(slot);
    return slot;
  }

  private void owe(int i, int consumer, int cart, int slot) {
    slots[i] = slot;
    ids[i] = UuidCreator.getTimeOrderedEpoch();
    actors[i] = TurnRows.CONSUMERS[consumer];
    keys[i] = rows.consumerKey(slot);
    partitions[i] = slot % PARTITIONS;
    messages[i] = rows.event(consumer, cart);
  }

  void bindWrite(PreparedStatement write) throws SQLException {
    turns.bind(write, 1);
    Columns columns = new Columns(write, 8);
    columns.next("uuid", ids);
    columns.next("text", actors);
    columns.next("text", keys);
    columns.next("int4", partitions);
    columns.next("text", messages);
  }

  /** Makes the turns of the consuming actors, and binds them with the deliveries they take. */
  void bindConsume(PreparedStatement consume) throws SQLException {
    for (int i = 0; i < ids.length; i++) {
      int consumer = i % TurnRows.CONSUMERS.length;
      consuming.set(
          i,
          actors[i],
          keys[i],
          rows.nextConsumerVersion(consumer, slots[i]),
          rows.consumerState(slots[i]),
          messages[i],
          "[]");
    }
    new Columns(consume, 1).next("uuid", ids);
    consuming.bind(consume, 2);
  }
}
