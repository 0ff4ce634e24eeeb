package shoppers;

/**
 * Something that isn't as it should be.
 *
 * @param what it is about, for example {@code stock of sim-1-oak-desk}
 */
record Difference(String what, String expected, String found) {
  @Override
  public String toString() {
    return what + ": expected " + expected + ", found " + found;
  }
}
