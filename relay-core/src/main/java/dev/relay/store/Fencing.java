package dev.relay.store;

import org.jspecify.annotations.Nullable;

/** Tells a store in whose name it commits. Thread-safe; never blocks. */
public interface Fencing {
  /** The fence of commits from now on; absent where a node is alone and needs none. */
  @Nullable Fence fence();

  /** A commit was refused, because the node of this fence was taken for dead. */
  void refused(Fence fence);

  /** No fence. */
  static Fencing none() {
    return new Fencing() {
      @Override
      public @Nullable Fence fence() {
        return null;
      }

      @Override
      public void refused(Fence fence) {}
    };
  }
}
