package ipn.gateway.apple;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;

/** Subscription status: {@code data.status} at the time the notification was signed. */
enum AppleSubscriptionStatus {
    ACTIVE("1"),
    GRACE("4"),
    BILLING_RETRY("3"),
    EXPIRED("2"),
    REVOKED("5");

    private final String code;

    AppleSubscriptionStatus(String code) {
        this.code = code;
    }

    /**
     * The status that a notification contains.
     *
     * @throws RefusedException MALFORMED if the status is unknown
     */
    static Optional<AppleSubscriptionStatus> in(AppleEvent event) {
        var status = event.data().at("status");
        return status.isPresent() ? Optional.of(of(status)) : Optional.empty();
    }

    private static AppleSubscriptionStatus of(JsonField status) {
        for (var known : values()) {
            if (status.glance().filter(known.code::equals).isPresent()) {
                return known;
            }
        }
        throw new RefusedException(Reason.MALFORMED, status.pointer() + ": not a status known here");
    }

    Fact.Subscription subscription(AppleEvent event) {
        var paidUntil = event.time(event.transaction().at("expiresDate"));
        return switch (this) {
            case ACTIVE -> active(event, paidUntil);
            case GRACE -> inGrace(event, paidUntil);
            case BILLING_RETRY -> retried(event, paidUntil);
            case EXPIRED -> subscription(event, SubscriptionStatus.EXPIRED, paidUntil);
            case REVOKED -> subscription(event, SubscriptionStatus.CANCELED, paidUntil);
        };
    }

    private static Fact.Subscription active(AppleEvent event, Optional<Instant> until) {
        var ends = event.renewal()
                .at("autoRenewStatus")
                .glance()
                .filter("0"::equals)
                .isPresent();
        var trial = Purchases.isTrial(event);
        return new Fact.Subscription(
                event.originalId(),
                trial ? SubscriptionStatus.TRIALING : SubscriptionStatus.ACTIVE,
                until,
                trial ? until : Optional.empty(),
                ends,
                ends ? until : Optional.empty());
    }

    /**
     * Without a grace period access ends with the paid period, while Apple retries billing for up to 60 days. The first attempt
     * happens up to a day before that end and must not shorten the period.
     */
    private static Fact.Subscription retried(AppleEvent event, Optional<Instant> paidUntil) {
        var stillPaid = paidUntil.filter(end -> end.isAfter(event.occurredAt()));
        return stillPaid.isEmpty()
                ? subscription(event, SubscriptionStatus.UNPAID, paidUntil)
                : new Fact.Subscription(
                        event.originalId(), SubscriptionStatus.PAST_DUE, stillPaid, Optional.empty(), true, stillPaid);
    }

    private static Fact.Subscription inGrace(AppleEvent event, Optional<Instant> paidUntil) {
        var end = event.time(event.renewal().at("gracePeriodExpiresDate"));
        return subscription(event, SubscriptionStatus.PAST_DUE, end.or(() -> paidUntil))
                .withGraceUntil(end);
    }

    private static Fact.Subscription subscription(
            AppleEvent event, SubscriptionStatus status, Optional<Instant> periodEnd) {
        return new Fact.Subscription(event.originalId(), status, periodEnd, Optional.empty(), false, Optional.empty());
    }
}
