package dev.relay.chaos.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Clients that send until they are told to stop, each a thread with a source of its own. */
public final class Load implements AutoCloseable {
  private final Book book = new Book();
  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param ports the nodes that are up
   */
  public Load(int howMany, long seed, Supplier<List<Integer>> ports) {
    Nodes nodes = new Nodes(ports);
    for (int i = 1; i <= howMany; i++) {
      Client client = new Client("s" + i, seed * 31 + i, nodes, book);
      clients.add(client);
      Thread thread = new Thread(client, "chaos-client-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  public Book book() {
    return book;
  }

  /** Lets each finish what it is about, which nodes must be up for. */
  @Override
  public void close() {
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
