package dev.relay.failure;

import dev.relay.schema.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a stable code. The message says what was expected and what was found; {@link
 * #remedy()} what to do next.
 */
public final class RelayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String reason;
  private final @Nullable String remedy;
  private final @Nullable Duration retryAfter;
  private final transient List<Violation> violations;

  private RelayException(Builder builder) {
    super(builder.message, builder.cause);
    this.code = builder.code;
    this.reason = builder.reason;
    this.remedy = builder.remedy;
    this.retryAfter = builder.retryAfter;
    this.violations = List.copyOf(builder.violations);
  }

  /** Starts a failure of this code; the message is one sentence for people. */
  public static Builder of(ErrorCode code, String message) {
    return new Builder(code, message);
  }

  public ErrorCode code() {
    return code;
  }

  /** The actor's own word for a refusal, for example {@code CART_FULL}. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** What to do or type next, where Relay knows. */
  public Optional<String> remedy() {
    return Optional.ofNullable(remedy);
  }

  /** When a repeat may succeed, where that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Every violation with its JSON Pointer; empty where the failure isn't about a document. */
  public List<Violation> violations() {
    return violations;
  }

  /** The same failure with another advice: who asked may know a better next step. */
  public RelayException withRemedy(@Nullable String other) {
    return of(code, String.valueOf(getMessage()))
        .reason(reason)
        .remedy(other)
        .violations(violations())
        .cause(getCause())
        .build();
  }

  /** Collects the facts of a failure. Not thread-safe. */
  public static final class Builder {
    private final ErrorCode code;
    private final String message;
    private @Nullable String reason;
    private @Nullable String remedy;
    private @Nullable Duration retryAfter;
    private @Nullable Throwable cause;
    private List<Violation> violations = List.of();

    private Builder(ErrorCode code, String message) {
      this.code = code;
      this.message = message;
    }

    public Builder reason(@Nullable String value) {
      this.reason = value;
      return this;
    }

    public Builder remedy(@Nullable String value) {
      this.remedy = value;
      return this;
    }

    public Builder retryAfter(@Nullable Duration value) {
      this.retryAfter = value;
      return this;
    }

    public Builder cause(@Nullable Throwable value) {
      this.cause = value;
      return this;
    }

    public Builder violations(List<Violation> value) {
      this.violations = value;
      return this;
    }

    public RelayException build() {
      return new RelayException(this);
    }
  }
}
