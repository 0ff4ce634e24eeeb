package dev.relay.node;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/**
 * The request ids of asks that handlers make. They follow from the turn and from what is asked, so
 * that a turn which runs again asks under the same ids and gets the recorded answers.
 */
final class AskId {
  /** Keeps these names apart from other users of name-based UUIDs; drawn at random once. */
  private static final UUID NAMESPACE = UUID.fromString("6f0d5f3a-52c1-4d0b-9a0e-0c7f1f2f9b14");

  private AskId() {}

  /**
   * A UUID of version 5 (RFC 9562).
   *
   * @param work what the asking turn processes
   * @param asked whom and what
   * @param number 1 for the turn's first ask of this, 2 for the next
   */
  static String of(Work work, String asked, int number) {
    String name = turn(work) + " " + work.address() + " " + number + " " + asked;
    return UuidCreator.getNameBasedSha1(NAMESPACE, name).toString();
  }

  /**
   * What stays the same when the turn runs again. A client that repeats a request mints a new
   * message, so there it is the request; with its fingerprint, because a request that came to
   * nothing may be sent again with another payload.
   */
  private static String turn(Work work) {
    if (work instanceof Work.Delivery delivery) {
      return delivery.ref().id();
    }
    if (work instanceof Work.Ask ask && ask.request() != null) {
      return ask.request().id() + " " + ask.request().fingerprint();
    }
    return work.message().id().value();
  }
}
