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
          "how long the shop may be silent, and take to be quiet in the end (default 3m)");
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
      throw CommandFailure.of(
              ExitCode.UNREACHABLE,
              "the shop stopped answering, so nothing was compared: " + e.getMessage())
          .fix("start its nodes with: relay serve\nor wait longer for them with --patience");
    }
    output.printer(session).print(report);
    conclude(report);
  }

  /** Fails where the books differ. */
  static void conclude(Report report) {
    int differences = report.differences().size();
    if (differences > 0) {
      throw CommandFailure.of(
              ExitCode.FAILED, "the books differ in " + differences + " places, listed above")
          .fix("relay simulate --seed " + report.plan().seed() + " plays the same visits again");
    }
  }

  private Plan plan() {
    double perSecond = rate.or(10.0);
    int ofProducts = products.or(20);
    int ofUsers = users.or(Math.max(20, (int) Math.ceil(perSecond * 10)));
    String name = run.or(Long.toString(System.currentTimeMillis(), 36));
    check(perSecond > 0 && perSecond <= 10_000, "--rate", "above 0, at most 10000", perSecond);
    check(ofProducts >= 1 && ofProducts <= 1_000, "--products", "1 to 1000", ofProducts);
    check(ofUsers >= 1 && ofUsers <= 100_000, "--users", "1 to 100000", ofUsers);
    check(
        name.toLowerCase(Locale.ROOT).matches("[a-z0-9]{1,16}"),
        "--run",
        "1 to 16 letters and digits",
        name);
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

  private static void check(boolean holds, String option, String wanted, Object found) {
    if (!holds) {
      throw CommandFailure.usage(option + " is " + wanted + ", found " + found)
          .fix("relay simulate --rate 20 --for 60s");
    }
  }
}
