package ipn.gateway.paypalipn;

import ipn.fact.Fact.SubscriptionStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types of messages that change a subscription's status and move no money. */
enum SubscriptionEvent {
    // spotless:off
    SUBSCR_SIGNUP                                         (SubscriptionStatus.PENDING),
    SUBSCR_MODIFY                                         (null),
    SUBSCR_FAILED                                         (SubscriptionStatus.PAST_DUE),
    SUBSCR_CANCEL                                         (SubscriptionStatus.CANCELED),
    SUBSCR_EOT                                            (SubscriptionStatus.EXPIRED),
    RECURRING_PAYMENT_PROFILE_CREATED                     (SubscriptionStatus.PENDING),
    RECURRING_PAYMENT_SKIPPED                             (SubscriptionStatus.PAST_DUE),
    RECURRING_PAYMENT_FAILED                              (SubscriptionStatus.PAST_DUE),
    RECURRING_PAYMENT_OUTSTANDING_PAYMENT_FAILED          (SubscriptionStatus.PAST_DUE),
    RECURRING_PAYMENT_SUSPENDED                           (SubscriptionStatus.PAUSED),
    RECURRING_PAYMENT_SUSPENDED_DUE_TO_MAX_FAILED_PAYMENT (SubscriptionStatus.UNPAID),
    RECURRING_PAYMENT_PROFILE_CANCEL                      (SubscriptionStatus.CANCELED),
    RECURRING_PAYMENT_EXPIRED                             (SubscriptionStatus.EXPIRED);
    // spotless:on

    private static final Map<String, SubscriptionEvent> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(event -> event.name().toLowerCase(Locale.ROOT), Function.identity()));

    private final Optional<SubscriptionStatus> status;

    SubscriptionEvent(@Nullable SubscriptionStatus status) {
        this.status = Optional.ofNullable(status);
    }

    static Optional<SubscriptionEvent> of(String txnType) {
        return Optional.ofNullable(BY_NAME.get(txnType));
    }

    /** Empty where only the plan changed. */
    Optional<SubscriptionStatus> status() {
        return status;
    }
}
