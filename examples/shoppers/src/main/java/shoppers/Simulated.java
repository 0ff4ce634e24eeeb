package shoppers;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** A whole simulation: opening, visits, closing. */
final class Simulated {
  private Simulated() {}

  /** Something that is done while visits are under way, until it is closed. */
  interface Meanwhile {
    /** Ends it; returns when it has ended. */
    void close();
  }

  /** Runs it and reports. */
  static Report of(Plan plan, Shop shop, Progress progress) {
    return of(plan, shop, progress, () -> () -> {});
  }

  /** As {@link #of(Plan, Shop, Progress)}, with something that is begun before the first visit. */
  static Report of(Plan plan, Shop shop, Progress progress, Supplier<Meanwhile> beside) {
    Book book = new Book();
    progress.show("registering users, filling shelves");
    Totals before = Totals.of(shop);
    Opening opening = new Opening(plan, shop, book);
    Simulation.Floor floor =
        new Simulation.Floor(plan, shop, opening.products(), book, new Timings());
    List<Shopper> shoppers = opening.shoppers();
    Simulation simulation = new Simulation(floor, shoppers);
    Meanwhile meanwhile = beside.get();
    try {
      simulation.run(reading -> progress.show(line(reading)));
    } finally {
      meanwhile.close();
    }
    List<Check> checks = new Closing(floor, shoppers, before).compare(progress);
    return new Report(
        plan,
        simulation.begun(),
        simulation.late(),
        shop.repeats(),
        book.orders().size(),
        book.refusals(),
        floor.checkouts(),
        checks);
  }

  private static String line(Simulation.Reading reading) {
    Simulation.Floor floor = reading.floor();
    Book book = floor.book();
    long end = floor.plan().time().toSeconds();
    if (reading.seconds() > end) {
      return "the last " + reading.underWay() + " visits  " + repeats(floor);
    }
    return String.format(
        Locale.ROOT,
        "%s of %s  visits %d, %d now  orders %d, refused %d  %s",
        clock(reading.seconds()),
        clock(end),
        reading.begun(),
        reading.underWay(),
        book.orders().size(),
        book.refusals(),
        repeats(floor));
  }

  private static String repeats(Simulation.Floor floor) {
    return "repeats " + floor.shop().repeats() + "  p99 " + p99(floor);
  }

  private static String p99(Simulation.Floor floor) {
    return Report.millis(floor.checkouts().quantile(0.99));
  }

  private static String clock(long seconds) {
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
