package dev.relay.bench.load;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shop on which every contestant is measured: {@code count} carts that each hold the same
 * {@value #LINES} of up to 1,000 products, so that every contestant writes states of one size.
 *
 * <p>All texts have fixed lengths; a value is immutable.
 *
 * @param count how many carts, at least 1
 */
public record Carts(int count) {
  /** Lines of a full cart; with them a cart's state is about 450 bytes of JSON. */
  public static final int LINES = 5;

  private static final int MOST_PRODUCTS = 1_000;

  public Carts {
    if (count < 1) {
      throw new IllegalArgumentException("expected at least 1 cart, got " + count);
    }
  }

  /** How many different products the carts hold between them. */
  public int products() {
    return Math.min(count, MOST_PRODUCTS);
  }

  /** The product of one line of one cart; line 0 is {@code cart % products()}. */
  public int product(int cart, int line) {
    return (cart + line * 7) % products();
  }

  public String userId(int cart) {
    return text("user%06d", cart);
  }

  public String productId(int product) {
    return text("prod%04d", product);
  }

  /** The body of the request that adds one piece of this line's product to this cart. */
  public String addToCart(int cart, int line) {
    int product = product(cart, line);
    return text(
        "{\"event_type\":\"ADD_TO_CART\",\"payload\":{\"userId\":\"%s\",\"productId\":\"%s\","
            + "\"quantity\":1,\"price\":%s,\"name\":\"Example Product %04d\"}}",
        userId(cart), productId(product), price(product), product);
  }

  /** The state of a full cart, for contestants that write states without computing them. */
  public String fullState(int cart) {
    String items =
        IntStream.range(0, LINES)
            .mapToObj(line -> item(product(cart, line)))
            .collect(Collectors.joining(","));
    return "{\"items\":[" + items + "],\"total\":1234.50}";
  }

  private String item(int product) {
    return text(
        "{\"productId\":\"%s\",\"name\":\"Example Product %04d\",\"quantity\":12,\"price\":%s}",
        productId(product), product, price(product));
  }

  private static String price(int product) {
    return text("%d.%02d", 10 + product / 100, product % 100);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
