package shoppers;

import java.util.List;
import java.util.Locale;

/**
 * Somebody with a name.
 *
 * @param name given and family name
 * @param email the address that goes with it
 */
record Person(String name, String email) {
  private static final List<String> GIVEN =
      List.of(
          "Ada", "Bruno", "Clara", "David", "Elif", "Farid", "Grete", "Hugo", "Ines", "Jonas",
          "Katja");

  private static final List<String> FAMILY =
      List.of(
          "Adler", "Berg", "Costa", "Dietz", "Engel", "Fuchs", "Gross", "Haas", "Imhof", "Jung",
          "Kaya", "Lang", "Moser");

  /** Names that don't repeat within 143 people. */
  static Person number(int number) {
    String given = GIVEN.get(number % GIVEN.size());
    String family = FAMILY.get(number % FAMILY.size());
    int round = number / (GIVEN.size() * FAMILY.size());
    String suffix = round == 0 ? "" : String.valueOf(round + 1);
    String email = given + "." + family + suffix + "@example.com";
    return new Person(given + " " + family, email.toLowerCase(Locale.ROOT));
  }
}
