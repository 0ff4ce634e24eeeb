package dev.relay.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.relay.transport.Letter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Asks that other nodes pass on. Each letter is done once however often it comes; one that comes
 * again gets the same reply again. Should this node not own the instance any more, it does the turn
 * all the same: the version check keeps that safe. Thread-safe.
 */
final class AsksFromAfar {
  /** How long a letter may still come again; its sender has given up long before. */
  private static final Duration REMEMBERED = Duration.ofMinutes(2);

  /** Characters of remembered replies, and what an entry counts beside them. */
  private static final long MOST_CHARACTERS = 32L << 20;

  private static final int ENTRY = 250;

  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Cache<String, String> replies =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .<String, String>weigher((id, reply) -> ENTRY + reply.length())
          .expireAfterWrite(REMEMBERED)
          .executor(Runnable::run)
          .build();
  private final Function<Work.Ask, CompletableFuture<Receipt>> node;
  private final BiConsumer<String, Letter> transport;
  private final String self;

  /**
   * @param node does an ask, within its caller's time
   * @param transport sends a letter to a node
   * @param self this node's name
   */
  AsksFromAfar(
      Function<Work.Ask, CompletableFuture<Receipt>> node,
      BiConsumer<String, Letter> transport,
      String self) {
    this.node = node;
    this.transport = transport;
    this.self = self;
  }

  void received(Letter letter, JsonNode body) {
    String id = letter.id();
    String known = replies.getIfPresent(id);
    if (known != null) {
      reply(letter, known);
    } else if (running.add(id)) {
      node.apply(AskLetter.ask(body, self))
          .whenComplete(
              (receipt, failure) -> {
                String reply = AskLetter.reply(id, receipt, failure);
                replies.put(id, reply);
                running.remove(id);
                reply(letter, reply);
              });
    }
  }

  private void reply(Letter letter, String reply) {
    transport.accept(letter.from(), AskLetter.letter(self, reply));
  }
}
