package dev.relay.chaos.actor;

import java.util.List;

/**
 * Makes a source emit.
 *
 * @param sender the source's key
 * @param command an id that no other command has
 */
public record Command(String sender, String command, List<Target> targets) {}
