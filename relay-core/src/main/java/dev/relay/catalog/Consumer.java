package dev.relay.catalog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An actor that receives an event definition.
 *
 * @param actor the consuming actor's name
 * @param pattern how it receives
 * @param timeout how long an ask may take; 5 s unless the catalog says otherwise
 * @param keyField the payload field that names the instance where it differs from the actor's own
 */
public record Consumer(
    String actor, Pattern pattern, Duration timeout, @Nullable String keyField) {}
