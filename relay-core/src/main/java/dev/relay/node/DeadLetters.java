package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Headers;
import dev.relay.message.Message;
import dev.relay.route.Router;
import dev.relay.schema.Violation;
import dev.relay.store.DeadLetter;
import dev.relay.store.DeadLetterDetails;
import dev.relay.store.DeadLetterFilter;
import dev.relay.store.DeadLetterStore;
import dev.relay.store.StoreException;
import dev.relay.store.TurnStore.Backlog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What a person does with deliveries that were given up: look, retry, mend and retry, discard; one,
 * or all that a filter means. Safe while nodes work: a letter is retried or discarded once, whoever
 * else tries. Thread-safe; blocks on Postgres. Fails with {@link RelayException}: {@code
 * UNKNOWN_DEAD_LETTER} where the letter is gone, {@code DATABASE_UNREACHABLE}.
 */
public final class DeadLetters {
  /** Letters of one list at most. */
  public static final int MOST_LISTED = 1_000;

  /** Letters that one statement changes; more are done in several. */
  private static final int AT_ONCE = 1_000;

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final DeadLetterStore store;
  private final Supplier<Catalog> catalogs;
  private final java.util.function.Consumer<Collection<Backlog>> wake;

  /**
   * @param store where they are
   * @param catalogs the current snapshot of the catalog
   * @param wake is told which partitions have something to do now; the sweeper of the node that
   *     owns one would find out by itself, a second or two later
   */
  public DeadLetters(
      DeadLetterStore store,
      Supplier<Catalog> catalogs,
      java.util.function.Consumer<Collection<Backlog>> wake) {
    this.store = store;
    this.catalogs = catalogs;
    this.wake = wake;
  }

  /**
   * Some of the letters that a filter means, by the age of their messages, newest first.
   *
   * @param letters at most as many as asked for
   * @param next asks for the page behind this one; absent on the last
   */
  public record Page(List<DeadLetter> letters, @Nullable String next) {
    public Page {
      letters = List.copyOf(letters);
    }
  }

  /**
   * What became of a retry by filter.
   *
   * @param retried letters that are owed again
   * @param left letters that still name no instance of their actor, so that they can't be
   *     delivered; they stay dead letters
   */
  public record Retried(long retried, long left) {}

  /**
   * A page of the letters that a filter means.
   *
   * @param after the {@code next} of the page before; absent for the first
   * @param limit 1 to {@value #MOST_LISTED}
   */
  public Page list(DeadLetterFilter filter, @Nullable String after, int limit) {
    if (limit < 1 || limit > MOST_LISTED) {
      throw malformed("a page has 1 to " + MOST_LISTED + " dead letters, not " + limit);
    }
    if (after != null && !ID.matcher(after).matches()) {
      throw malformed("a page begins behind the id that the page before names, not " + after);
    }
    List<DeadLetter> found = call(() -> store.list(filter, after == null ? "" : after, limit + 1));
    boolean more = found.size() > limit;
    List<DeadLetter> letters = more ? found.subList(0, limit) : found;
    return new Page(letters, more ? letters.get(limit - 1).id() : null);
  }

  /** How many letters a filter means. */
  public long count(DeadLetterFilter filter) {
    return call(() -> store.count(filter));
  }

  /** How many letters each actor has that has any. */
  public Map<String, Long> counts() {
    return call(store::counts);
  }

  /** A letter with its history. */
  public DeadLetterDetails find(String id) {
    return known(id);
  }

  /**
   * Delivers a letter again, with all its attempts before it and before what waits for the same
   * instance now.
   *
   * @return the letter as it was
   * @throws RelayException {@code KEY_MISSING} where it still names no instance
   */
  public DeadLetter retry(String id) {
    DeadLetter letter = known(id).letter();
    if (!letter.key().isEmpty()) {
      woken(id, call(() -> store.retry(List.of(id))));
      return letter;
    }
    String key = key(letter, letter.message().payload());
    send(letter, key, letter.message());
    return letter;
  }

  /**
   * Delivers a letter again with another payload; the message keeps its id and its headers, and has
   * the schema version of the catalog now.
   *
   * @return the letter as it was
   * @throws RelayException {@code PAYLOAD_INVALID} with every violation where the payload breaks
   *     the schema of its event, {@code UNKNOWN_EVENT}, {@code KEY_MISSING}; nothing is changed
   *     then
   */
  public DeadLetter retry(String id, JsonNode payload) {
    DeadLetter letter = known(id).letter();
    CatalogEvent event = Door.event(catalogs.get(), letter.message().type());
    Door.checkPayload(event, payload);
    Message old = letter.message();
    Headers headers = old.headers();
    Message mended =
        new Message(
            old.id(),
            old.type(),
            payload,
            new Headers(
                headers.correlation(),
                headers.causation(),
                headers.traceparent(),
                headers.producer(),
                event.definition().schemaVersion(),
                headers.time()));
    send(letter, key(letter, payload), mended);
    return letter;
  }

  /** Delivers all letters again that a filter means, in the order of their messages. */
  public Retried retryAll(DeadLetterFilter filter) {
    long retried = 0;
    long left = 0;
    List<DeadLetter> page = call(() -> store.list(filter, "", AT_ONCE));
    while (!page.isEmpty()) {
      List<DeadLetter> now = page;
      List<Backlog> ready = call(() -> store.retry(now.stream().map(DeadLetter::id).toList()));
      wake.accept(ready);
      retried += ready.size();
      for (DeadLetter letter : page) {
        if (letter.key().isEmpty()) {
          boolean routed = routed(letter);
          retried += routed ? 1 : 0;
          left += routed ? 0 : 1;
        }
      }
      page = behind(filter, page);
    }
    log.info("{} dead letters retried by hand: {}", retried, filter);
    return new Retried(retried, left);
  }

  /**
   * Deletes a letter for good. The journal keeps its message and the reason.
   *
   * @param reason why, for people; may be empty
   * @return the letter as it was
   */
  public DeadLetter discard(String id, String reason) {
    DeadLetter letter = known(id).letter();
    if (call(() -> store.discard(List.of(id), reason)) == 0) {
      throw unknown(id);
    }
    log.info("dead letter {} of {}/{} discarded: {}", id, letter.actor(), letter.key(), reason);
    return letter;
  }

  /**
   * Deletes all letters for good that a filter means. The journal keeps messages and reason.
   *
   * @return how many
   */
  public long discardAll(DeadLetterFilter filter, String reason) {
    long discarded = 0;
    List<DeadLetter> page = call(() -> store.list(filter, "", AT_ONCE));
    while (!page.isEmpty()) {
      List<DeadLetter> now = page;
      discarded += call(() -> store.discard(now.stream().map(DeadLetter::id).toList(), reason));
      page = behind(filter, page);
    }
    log.info("{} dead letters discarded, {}: {}", discarded, filter, reason);
    return discarded;
  }

  private List<DeadLetter> behind(DeadLetterFilter filter, List<DeadLetter> page) {
    return page.size() < AT_ONCE
        ? List.of()
        : call(() -> store.list(filter, page.get(page.size() - 1).id(), AT_ONCE));
  }

  private boolean routed(DeadLetter letter) {
    String key = routedKey(letter, letter.message().payload());
    if (key == null) {
      return false;
    }
    List<Backlog> ready = call(() -> store.retry(letter, key, letter.message())).stream().toList();
    wake.accept(ready);
    return !ready.isEmpty();
  }

  private void send(DeadLetter letter, String key, Message message) {
    woken(letter.id(), call(() -> store.retry(letter, key, message)).stream().toList());
  }

  private void woken(String id, List<Backlog> ready) {
    if (ready.isEmpty()) {
      throw unknown(id);
    }
    log.info("dead letter {} retried by hand", id);
    wake.accept(ready);
  }

  /** A key that was given beside the payload stays, unless the payload's own field changed. */
  private String key(DeadLetter letter, JsonNode payload) {
    String before = routedKey(letter, letter.message().payload());
    String after = routedKey(letter, payload);
    boolean stays = after == null || after.equals(before);
    String key = stays && !letter.key().isEmpty() ? letter.key() : after;
    if (key != null) {
      return key;
    }
    throw RelayException.of(
            ErrorCode.KEY_MISSING, "nothing in the payload names the instance of " + letter.actor())
        .violations(List.of(new Violation("", "key", "names no actor instance")))
        .remedy(
            "retry it with a payload that does, or mend the consumer in the catalog; see: relay"
                + " catalog show "
                + letter.message().type())
        .build();
  }

  private @Nullable String routedKey(DeadLetter letter, JsonNode payload) {
    Catalog catalog = catalogs.get();
    Consumer consumer =
        catalog
            .event(letter.message().type())
            .flatMap(event -> event.consumer(letter.actor()))
            .orElse(null);
    String field = consumer == null ? null : Router.keyField(catalog, consumer);
    return field == null
        ? null
        : Router.key(catalog, payload, field, letter.message().headers().time()).orElse(null);
  }

  private DeadLetterDetails known(String id) {
    if (!ID.matcher(id).matches()) {
      throw unknown(id);
    }
    return call(() -> store.find(id)).orElseThrow(() -> unknown(id));
  }

  private static RelayException unknown(String id) {
    return RelayException.of(
            ErrorCode.UNKNOWN_DEAD_LETTER,
            "there is no dead letter " + id + "; it may have been retried or discarded meanwhile")
        .remedy("see those there are with: relay dlq list")
        .build();
  }

  private static RelayException malformed(String message) {
    return RelayException.of(ErrorCode.MALFORMED_REQUEST, message).build();
  }

  private static <T> T call(Supplier<T> statement) {
    try {
      return statement.get();
    } catch (StoreException failure) {
      boolean broken = failure.kind() == StoreException.Kind.REJECTED;
      throw RelayException.of(
              broken ? ErrorCode.INTERNAL : ErrorCode.DATABASE_UNREACHABLE,
              (broken ? "Postgres refuses this: " : "Postgres can't be reached: ")
                  + failure.getMessage())
          .cause(failure)
          .build();
    }
  }
}
