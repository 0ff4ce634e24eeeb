package shop.notification;

import org.jspecify.annotations.Nullable;

/** What is new about a user; what is absent stays as it was. */
record Preferences(
    @Nullable String name,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String device,
    @Nullable Boolean marketing,
    @Nullable QuietHours quietHours) {}
