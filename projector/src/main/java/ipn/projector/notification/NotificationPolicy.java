package ipn.projector.notification;

import ipn.settings.Settings;
import java.time.Duration;

/**
 * When subjects are notified.
 *
 * @param endingNotice how long before access ends its subject is notified, up to 60 days
 * @param settle how long nothing must have changed before anything is notified, up to an hour: events that belong together arrive in
 *     any order, and what no longer holds by then is never notified
 */
public record NotificationPolicy(Duration endingNotice, Duration settle) {
    public static final NotificationPolicy DEFAULTS = new NotificationPolicy(Duration.ofDays(3), Duration.ofSeconds(5));

    private static final Duration ENDING_NOTICE_MAX = Duration.ofDays(60);
    private static final Duration SETTLE_MAX = Duration.ofHours(1);

    /** Reads section {@code notifications}. */
    public static NotificationPolicy from(Settings settings) {
        var section = settings.in("notifications");
        return new NotificationPolicy(
                section.duration("ending-notice", DEFAULTS.endingNotice(), ENDING_NOTICE_MAX),
                section.duration("settle", DEFAULTS.settle(), SETTLE_MAX));
    }
}
