package dev.relay.cli.command.tail;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/**
 * For people: a line for each event and one for each thing that a consumer did with it; the number
 * in front says which belong together.
 *
 * @param width characters of a line, which the payload is cut to; 0 for no bound
 */
record TailLines(PrintStream out, Style style, ZoneId zone, int width) implements TailSink {
  private static final String INSTANCES = "/api/actors/";

  @Override
  public void event(long number, String position, JsonObject event) {
    String head = lead(number, event.text("time")) + "  -->  ";
    String name = PlainText.of(event.text("type"));
    String producer = producer(event.text("source"));
    String id = event.text("id");
    int used = head.length() + name.length() + producer.length() + id.length() + 6;
    String payload = JsonText.line(event.get("data"));
    String shown = width == 0 ? PlainText.of(payload) : PlainText.cut(payload, width - used);
    line(head + style.bold(name) + "  " + producer + "  " + style.dim(id) + "  " + shown);
  }

  @Override
  public void delivery(long number, JsonObject delivery) {
    String to = PlainText.of(delivery.text("actor") + "/" + delivery.text("key"));
    String at = delivery.has("at") ? delivery.text("at") : Instant.now().toString();
    String lead = lead(number, at);
    switch (delivery.text("outcome")) {
      case "done" ->
          line(lead + "  <--  " + style.green("done") + "      " + to + "  " + done(delivery));
      case "retrying" ->
          line(lead + "  <--  " + style.yellow("retrying") + "  " + to + "  " + retrying(delivery));
      case "dead" ->
          line(lead + "  --X  " + style.red("dead") + "      " + to + "  " + dead(delivery));
      default ->
          line(
              lead
                  + "  ...  "
                  + style.yellow("waiting")
                  + "   "
                  + to
                  + "  no node has taken it yet: relay node list shows who hosts it");
    }
  }

  @Override
  public boolean gone() {
    return out.checkError();
  }

  private static String done(JsonObject delivery) {
    String emitted = String.join(", ", delivery.texts("emitted"));
    return delivery.text("ms")
        + " ms  v"
        + delivery.text("version")
        + (emitted.isEmpty() ? "" : "  emitted " + PlainText.of(emitted));
  }

  private static String retrying(JsonObject delivery) {
    String next = delivery.text("next_at");
    return attempts(delivery) + (next.isEmpty() ? "" : ", next " + in(next)) + error(delivery);
  }

  private static String dead(JsonObject delivery) {
    return attempts(delivery) + error(delivery);
  }

  private static String attempts(JsonObject delivery) {
    long attempt = delivery.number("attempt");
    return attempt == 0 ? "not tried" : "attempt " + attempt + " failed";
  }

  private static String error(JsonObject delivery) {
    String error = delivery.text("error");
    return error.isEmpty() ? "" : ": " + PlainText.of(error);
  }

  private static String in(String time) {
    try {
      long millis = Duration.between(Instant.now(), Instant.parse(time)).toMillis();
      return millis <= 0 ? "now" : millis < 1000 ? "in " + millis + " ms" : seconds(millis);
    } catch (DateTimeParseException e) {
      return "at " + time;
    }
  }

  private static String seconds(long millis) {
    return "in " + (millis + 500) / 1000 + " s";
  }

  private String lead(long number, String time) {
    String mark = "#" + number;
    return mark + " ".repeat(Math.max(0, 4 - mark.length())) + "  " + style.dim(clock(time));
  }

  private String clock(String time) {
    try {
      LocalTime local = LocalTime.ofInstant(Instant.parse(time), zone);
      String millis = String.valueOf(1000 + local.getNano() / 1_000_000).substring(1);
      return two(local.getHour())
          + ":"
          + two(local.getMinute())
          + ":"
          + two(local.getSecond())
          + "."
          + millis;
    } catch (DateTimeParseException e) {
      return PlainText.of(time);
    }
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }

  private static String producer(String source) {
    return PlainText.of(
        source.startsWith(INSTANCES)
            ? URLDecoder.decode(
                source.substring(INSTANCES.length()).replace("+", "%2B"), StandardCharsets.UTF_8)
            : source.equals("/clients") ? "client" : source);
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }
}
