package shoppers;

import java.util.List;

/**
 * One line of the report.
 *
 * @param name what is compared
 * @param expected from the simulator's book
 * @param found from the shop
 * @param differences each single thing that isn't as expected
 */
record Check(String name, String expected, String found, List<Difference> differences) {
  Check {
    differences = List.copyOf(differences);
  }

  boolean holds() {
    return differences.isEmpty();
  }
}
