package shoppers;

/** No node gave an answer within the time that was allowed for it; the work may be done. */
final class Unanswered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unanswered(String what, String last) {
    super(what + " got no answer: " + last);
  }
}
