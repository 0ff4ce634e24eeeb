package shoppers;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.DurationConverter;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import java.time.Duration;
import java.util.Locale;

/** {@code relay simulate}: shoppers at a given rate, and the books compared at the end. */
public final class SimulateCommand extends Verb {
  private final Addresses addresses = new Addresses(arguments);
  private final Word<Double> rate =
      arguments.option("--rate", "N", Double.class, "visits begun a second (default 10)");
  private final Word<Duration> time =
      arguments.option(
          "--for", "TIME", new DurationConverter(), "for how long visits begin (default 30s)");
  private final Word<Integer> products =
      arguments.option("--products", "N", Integer.class, "products of its own (default 20)");
  private final Word<Integer> users =
      arguments.option(
          "--users", "N", Integer.class, "users of its own (default: ten for each visit a second)");
  private final Word<Long> seed =
      arguments.option(
          "--seed", "N", Long.class, "decides what every visit does (default: chosen)");
  private final Word<String> run =
      arguments.option(
          "--run", "NAME", "names its products and users, once in a shop (default: the time)");
  private final Word<Duration> patience =
      arguments.option(
          "--patience",
          "TIME",
          new DurationConverter(),
          "how long a request is repeated, and the shop may take to be quiet (default 3m)");
  private final Word<Boolean> shared =
      arguments.flag("--shared", "others shop here too: leave out the totals of the whole shop");
  private final OutputOptions output = new OutputOptions(arguments);

  public SimulateCommand(Session session) {
    super(
        session,
        "relay simulate --rate 20 --for 60s",
        "relay simulate --rate 50 --for 10m --url http://localhost:3000,http://localhost:3001",
        "relay simulate --for 30s -o json | jq .differences");
  }

  @Override
  public void run() {
    Plan plan = plan();
    Shop shop = new Shop(addresses.reachable(session), plan.patience());
    Report report;
    try (Progress progress = new Progress(session.terminal())) {
      session.terminal().err().println("run " + plan.run() + ", seed " + plan.seed());
      report = Simulated.of(plan, shop, progress);
    } catch (Unanswered e) {
      throw CommandFailure.of(ExitCode.UNREACHABLE, "the shop stopped answering: " + e.getMessage())
          .fix("look at its nodes with: relay node list");
    }
    output.printer(session).print(report);
    int differences = report.differences().size();
    if (differences > 0) {
      throw CommandFailure.of(
              ExitCode.FAILED, "the books differ in " + differences + " places, listed above")
          .fix("relay simulate --seed " + plan.seed() + " plays the same visits again");
    }
  }

  private Plan plan() {
    double perSecond = rate.or(10.0);
    int ofProducts = products.or(20);
    int ofUsers = users.or(Math.max(20, (int) Math.ceil(perSecond * 10)));
    String name = run.or(Long.toString(System.currentTimeMillis(), 36));
    if (!(perSecond > 0 && perSecond <= 10_000) || ofProducts < 1 || ofUsers < 1) {
      throw CommandFailure.usage(
              "a rate is above 0 and at most 10000, and there are products and users; found "
                  + perSecond
                  + ", "
                  + ofProducts
                  + ", "
                  + ofUsers)
          .fix("relay simulate --rate 20 --products 20 --users 200");
    }
    if (!name.toLowerCase(Locale.ROOT).matches("[a-z0-9]{1,16}")) {
      throw CommandFailure.usage(
          "a run's name is 1 to 16 letters and digits, found \"" + name + "\"");
    }
    return new Plan(
        name.toLowerCase(Locale.ROOT),
        seed.or(System.nanoTime() & 0xffffffL),
        perSecond,
        time.or(Duration.ofSeconds(30)),
        ofProducts,
        ofUsers,
        patience.or(Duration.ofMinutes(3)),
        !shared.said());
  }
}
