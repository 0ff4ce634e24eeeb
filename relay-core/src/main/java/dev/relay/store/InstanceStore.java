package dev.relay.store;

import dev.relay.message.ActorAddress;
import java.util.List;
import java.util.Optional;

/** Reads instances for people. Thread-safe; blocks on the store. */
public interface InstanceStore {
  /** One instance; empty where it has had no turn. */
  Optional<StoredState> find(ActorAddress address);

  /** The instances of an actor ordered by key, behind a key, up to a limit. */
  List<StoredState> list(String actor, String afterKey, int limit);
}
