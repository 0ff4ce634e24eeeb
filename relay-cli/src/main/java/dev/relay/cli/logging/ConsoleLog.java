package dev.relay.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log of this process: one short line an event, on stderr. Logback finds it as a service, which
 * spares it the reading of an XML file; it isn't loaded before something logs.
 */
public final class ConsoleLog extends ContextAwareBase implements Configurator {
  /** For short verbs: what went wrong. */
  public static final String WARNINGS = "WARN";

  /** For a node: what happened to it, not what it does. */
  public static final String NODE = "INFO";

  /** Everything Relay has to say. */
  public static final String DETAIL = "DEBUG";

  private static final String LEVEL = "relay.log.level";
  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0}  %msg%n%rEx{full}";

  /** Sets how much is logged; to be called before anything logs. */
  public static void level(String level) {
    System.setProperty(LEVEL, level);
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    String level = System.getProperty(LEVEL, WARNINGS);
    context.getLogger("ROOT").setLevel(Level.WARN);
    context.getLogger("ROOT").addAppender(console);
    context.getLogger("dev.relay").setLevel(Level.toLevel(level, Level.WARN));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
