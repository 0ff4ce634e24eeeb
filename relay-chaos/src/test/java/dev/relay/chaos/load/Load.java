package dev.relay.chaos.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Clients that send until they are told to stop, each a thread with a source of its own. */
public final class Load implements AutoCloseable {
  private final Book book = new Book();
  private final Operator operator;
  private final Crowd crowd;
  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param ports the nodes that are up
   */
  public Load(int howMany, long seed, Supplier<List<Integer>> ports) {
    Nodes nodes = new Nodes(ports);
    operator = new Operator(seed * 31, nodes, book);
    crowd = new Crowd(nodes, book);
    begin("chaos-operator", operator);
    for (int i = 1; i <= howMany; i++) {
      Client client = new Client("s" + i, seed * 31 + i, nodes, book);
      clients.add(client);
      begin("chaos-client-" + i, client);
    }
  }

  private void begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  /** Many more requests at once than nodes have room for; returns when each has its answer. */
  public void crowd() {
    crowd.rush();
  }

  public Book book() {
    return book;
  }

  /** Lets each finish what it is about, which nodes must be up for. */
  @Override
  public void close() {
    operator.stop();
    clients.forEach(Client::stop);
    for (Thread thread : threads) {
      try {
        thread.join(60_000);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      if (thread.isAlive()) {
        book.anomaly(thread.getName() + " can't get its last message accepted within a minute");
      }
    }
  }
}
