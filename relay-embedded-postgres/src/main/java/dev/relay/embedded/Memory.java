package dev.relay.embedded;

import java.lang.management.ManagementFactory;

/** How much memory there is. */
final class Memory {
  private Memory() {}

  /** Bytes that the machine has, or the container that the JVM runs in. */
  static long ofMachine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 1L << 30;
  }
}
