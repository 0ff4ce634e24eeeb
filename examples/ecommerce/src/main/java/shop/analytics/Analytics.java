package shop.analytics;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.time.LocalDate;

/** What an instance remembers: a part of a day's metric, or how far something has been done. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Analytics permits Tally, Analytics.Forwarded, Analytics.Reported {
  /**
   * How far the events of a part have been handed on.
   *
   * @param version of the part: everything up to it was
   */
  @JsonTypeName("forwarded")
  record Forwarded(long version) implements Analytics {}

  /** A day's report has been given. */
  @JsonTypeName("reported")
  record Reported(LocalDate of, Instant at) implements Analytics {}
}
