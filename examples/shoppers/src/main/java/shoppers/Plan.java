package shoppers;

import java.time.Duration;

/**
 * What is simulated.
 *
 * @param run names products and users of this run, so that no other traffic meets them
 * @param seed decides what every visit does
 * @param rate visits begun a second
 * @param time for how long visits are begun
 * @param products how many are sold
 * @param users how many shop
 * @param patience how long one request is repeated after the last visit was begun, how long all of
 *     the shop may be silent, and how long it may take to be quiet
 * @param alone whether nobody else shops here, so that the shop's totals can be compared too
 */
record Plan(
    String run,
    long seed,
    double rate,
    Duration time,
    int products,
    int users,
    Duration patience,
    boolean alone) {
  String prefix() {
    return "sim-" + run + "-";
  }
}
