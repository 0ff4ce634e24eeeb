package shoppers;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import java.time.Duration;

/** {@code relay seed}: a shop in which the first look at anything isn't empty. */
public final class SeedCommand extends Verb {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Addresses addresses = new Addresses(arguments);
  private final Word<Integer> products =
      arguments.option("--products", "N", Integer.class, "products to sell (default 40)");
  private final Word<Integer> users =
      arguments.option("--users", "N", Integer.class, "people who shop here (default 30)");
  private final Word<Long> seed =
      arguments.option("--seed", "N", Long.class, "another seed, another shop (default 1)");
  private final OutputOptions output = new OutputOptions(arguments);

  public SeedCommand(Session session) {
    super(
        session,
        "relay seed",
        "relay seed --url http://localhost:3001 --products 100 --users 60",
        "relay seed -o json | jq .orders");
  }

  @Override
  public void run() {
    Seeding.Size size = size();
    Shop shop = new Shop(addresses.reachable(session), PATIENCE);
    Seeded seeded;
    try (Progress progress = new Progress(session.terminal())) {
      seeded = new Seeding(shop, size, progress).run();
    } catch (Unanswered e) {
      throw CommandFailure.of(ExitCode.UNREACHABLE, "the shop stopped answering: " + e.getMessage())
          .fix("type the same again when it is back: it goes on where it was");
    }
    output.printer(session).print(seeded);
  }

  private Seeding.Size size() {
    int ofProducts = products.or(40);
    int ofUsers = users.or(30);
    if (ofProducts < 4 || ofProducts > 1_000 || ofUsers < 1 || ofUsers > 10_000) {
      throw CommandFailure.usage(
              "a shop has 4 to 1000 products and 1 to 10000 users, found "
                  + ofProducts
                  + " and "
                  + ofUsers)
          .fix("relay seed --products 40 --users 30");
    }
    return new Seeding.Size(ofProducts, ofUsers, seed.or(1L));
  }
}
