package shop.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the shop knows of reaching a user, and what it has sent. Immutable.
 *
 * @param marketing whether they have asked for advertising
 * @param unreachable whether mail to the address came back
 * @param erased whether the user is gone: nothing more is sent
 * @param notices oldest first
 */
record Notification(
    String userId,
    @Nullable String name,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String device,
    boolean marketing,
    boolean unreachable,
    @Nullable QuietHours quietHours,
    boolean erased,
    List<Notice> notices) {
  /** Beyond these a repetition isn't recognised any more; retries end days before. */
  private static final Duration KEPT = Duration.ofDays(90);

  private static final int MOST = 500;

  Notification {
    notices = List.copyOf(notices);
  }

  static Notification of(String userId) {
    return new Notification(userId, null, null, null, null, false, false, null, false, List.of());
  }

  static Notification erased(String userId) {
    return new Notification(userId, null, null, null, null, false, false, null, true, List.of());
  }

  @Nullable String address(Channel channel) {
    return switch (channel) {
      case EMAIL -> email;
      case SMS -> phone;
      case PUSH -> device;
    };
  }

  /** Why this user doesn't get it there, if so. */
  Optional<String> objection(Channel channel, Template template, @Nullable String to) {
    if (erased) {
      return Optional.of("ERASED");
    }
    if (template.isMarketing() && !marketing) {
      return Optional.of("NO_CONSENT");
    }
    if (to == null) {
      return Optional.of("NO_ADDRESS");
    }
    return channel == Channel.EMAIL && unreachable && to.equals(email)
        ? Optional.of("UNREACHABLE")
        : Optional.empty();
  }

  /** The time itself, or the end of the quiet hours that it falls into. */
  Instant awake(Instant time) {
    return quietHours == null ? time : quietHours.awake(time);
  }

  Optional<Notice> notice(Channel channel, String template, String cause) {
    return notices.stream().filter(one -> one.isOf(channel, template, cause)).findFirst();
  }

  /** With this notice in the place of the one about the same message, without those too old. */
  Notification with(Notice notice) {
    Instant oldest = notice.at().minus(KEPT);
    List<Notice> kept = new ArrayList<>(notices);
    kept.removeIf(one -> one.isSameAs(notice) || one.at().isBefore(oldest));
    kept.add(notice);
    return with(kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
  }

  Notification with(Preferences news) {
    boolean newAddress = news.email() != null && !news.email().equals(email);
    return new Notification(
        userId,
        news.name() == null ? name : news.name(),
        news.email() == null ? email : news.email(),
        news.phone() == null ? phone : news.phone(),
        news.device() == null ? device : news.device(),
        news.marketing() == null ? marketing : news.marketing(),
        unreachable && !newAddress,
        news.quietHours() == null ? quietHours : news.quietHours(),
        erased,
        notices);
  }

  Notification asUnreachable() {
    return new Notification(
        userId, name, email, phone, device, marketing, true, quietHours, erased, notices);
  }

  private Notification with(List<Notice> changed) {
    return new Notification(
        userId, name, email, phone, device, marketing, unreachable, quietHours, erased, changed);
  }
}
