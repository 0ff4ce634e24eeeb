package shop.billing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An invoice or a credit note: a draft until it has its number, then final. Immutable.
 *
 * @param documentId the order or the refund that it is about: there is one document for each
 * @param series where its number comes from, with the year: {@code INV-2026}
 * @param number absent in a draft
 * @param issuedAt when it got its number
 * @param invoiceId the order whose invoice a credit note takes back
 */
record Document(
    String documentId,
    String userId,
    Kind kind,
    String series,
    @Nullable String number,
    @Nullable Instant issuedAt,
    @Nullable String invoiceId,
    @Nullable String billedTo,
    String currency,
    List<Line> lines) {
  enum Kind {
    @JsonProperty("invoice")
    INVOICE("INV", "INVOICE_GENERATED"),
    @JsonProperty("credit_note")
    CREDIT_NOTE("CRN", "CREDIT_NOTE_ISSUED");

    private final String series;
    private final String issued;

    Kind(String series, String issued) {
      this.series = series;
      this.issued = issued;
    }

    /** The event that says that one has its number. */
    String issued() {
      return issued;
    }

    String series(Instant time) {
      return series + "-" + time.atOffset(ZoneOffset.UTC).getYear();
    }
  }

  /**
   * A line.
   *
   * @param price of one piece, with two decimals; negative where it takes something off
   */
  record Line(String name, int quantity, BigDecimal price) {
    Line {
      price = price.setScale(2);
    }

    /** A line of one; none where there is nothing to pay for. */
    static Optional<Line> of(String name, @Nullable BigDecimal amount) {
      return Optional.ofNullable(amount)
          .filter(something -> something.signum() != 0)
          .map(something -> new Line(name, 1, something));
    }

    Line negated() {
      return new Line(name, quantity, price.negate());
    }

    BigDecimal total() {
      return price.multiply(BigDecimal.valueOf(quantity));
    }
  }

  Document {
    lines = List.copyOf(lines);
  }

  static Document invoice(
      String orderId, Account account, String currency, List<Line> lines, Instant now) {
    String series = Kind.INVOICE.series(now);
    return new Document(
        orderId,
        account.userId(),
        Kind.INVOICE,
        series,
        null,
        null,
        null,
        account.name(),
        currency,
        lines);
  }

  Document creditNote(String refundId, BigDecimal amount, String reason, Instant now) {
    Line line = new Line(reason, 1, amount);
    String of = Kind.CREDIT_NOTE.series(now);
    return new Document(
        refundId,
        userId,
        Kind.CREDIT_NOTE,
        of,
        null,
        null,
        documentId,
        billedTo,
        currency,
        List.of(line));
  }

  Document issued(String newNumber, Instant now) {
    return new Document(
        documentId, userId, kind, series, newNumber, now, invoiceId, billedTo, currency, lines);
  }

  /** The sum of all lines: computed, so that it can't disagree with them. */
  @JsonProperty
  BigDecimal total() {
    return lines.stream().map(Line::total).reduce(new BigDecimal("0.00"), BigDecimal::add);
  }

  boolean isFinal() {
    return number != null;
  }

  boolean isAbout(Kind otherKind, String id) {
    return kind == otherKind && documentId.equals(id);
  }

  boolean takesBack(Document invoice) {
    return invoice.documentId.equals(invoiceId);
  }
}
