package dev.relay.transport;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's end of an {@link InProcessHub}: what is for it waits in a bounded box, and a thread of
 * its own hands it over. Thread-safe.
 */
final class InProcessTransport implements Transport {
  private static final Logger log = LoggerFactory.getLogger(InProcessTransport.class);

  private final Map<String, InProcessTransport> nodes;
  private final Outgoing box = new Outgoing();
  private volatile @Nullable String name;

  InProcessTransport(Map<String, InProcessTransport> nodes) {
    this.nodes = nodes;
  }

  @Override
  public String name() {
    return "in-process";
  }

  @Override
  public void start(String node, Inbound inbound) {
    name = node;
    nodes.put(node, this);
    Thread thread = new Thread(() -> handOver(inbound), "relay-in-process-" + node);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void wake(String node, Collection<PartitionId> partitions) {
    InProcessTransport to = nodes.get(node);
    if (to != null && !box.isClosed()) {
      to.box.wake(node, partitions);
    }
  }

  @Override
  public void send(String node, Letter letter) {
    InProcessTransport to = nodes.get(node);
    if (to != null && !box.isClosed()) {
      to.box.send(node, letter);
    }
  }

  @Override
  public void announce() {
    if (!box.isClosed()) {
      nodes.values().stream().filter(each -> each != this).forEach(each -> each.box.announce());
    }
  }

  @Override
  public Health health() {
    return name == null || box.isClosed()
        ? new Health(false, "not started, or closed")
        : new Health(true, nodes.size() + " nodes in this process");
  }

  @Override
  public void close() {
    box.close();
    box.clear();
    String node = name;
    if (node != null) {
      nodes.remove(node, this);
    }
  }

  private void handOver(Inbound inbound) {
    try {
      while (!box.isClosed()) {
        Outgoing.Batch batch = box.take(Long.MAX_VALUE);
        batch.wakes().values().forEach(woken -> careful(() -> inbound.woken(woken)));
        batch.letters().forEach(each -> careful(() -> inbound.received(each.letter())));
        if (batch.announced()) {
          careful(inbound::published);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void careful(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException fault) {
      log.error("a node failed to take what a transport brought", fault);
    }
  }
}
