package dev.relay.cli.config;

/**
 * A command that a project's {@code relay.yaml} adds to the command line.
 *
 * @param name what the user types after {@code relay}
 * @param className a class on the project's class path
 * @param line what it does, in one line
 */
public record DeclaredVerb(String name, String className, String line) {}
