package dev.relay.metric;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a metric says for one set of labels.
 *
 * @param labels by name, in the order of the definition
 * @param value exact
 */
public record Sample(String actor, String metric, Map<String, String> labels, BigDecimal value) {
  public Sample {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
