package shoppers;

import java.util.List;
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
    return reading.seconds()
        + "s of "
        + floor.plan().time().toSeconds()
        + "s  visits "
        + reading.begun()
        + ", "
        + reading.underWay()
        + " now  orders "
        + floor.book().orders().size()
        + "  refused "
        + floor.book().refusals()
        + "  repeated "
        + floor.shop().repeats()
        + "  checkout p50 "
        + Report.millis(floor.checkouts().quantile(0.5))
        + " p99 "
        + Report.millis(floor.checkouts().quantile(0.99));
  }
}
