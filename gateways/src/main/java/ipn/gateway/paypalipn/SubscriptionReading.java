package ipn.gateway.paypalipn;

import ipn.fact.Fact.Subscription;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads messages about a subscription's status. None of them proves a payment. */
record SubscriptionReading(IpnMessage message, SubscriptionEvent event, Instant at) {

    EventContent content() {
        var facts = event.status().map(this::subscription).map(List::of).orElse(List.of());
        return new EventContent(event.ordinal(), Optional.empty(), List.copyOf(facts));
    }

    private Subscription subscription(SubscriptionStatus status) {
        var trialEnd = status == SubscriptionStatus.PENDING ? freeUntil() : Optional.<Instant>empty();
        return new Subscription(
                message.subscription(),
                trialEnd.isPresent() ? SubscriptionStatus.TRIALING : status,
                IpnTimes.at(message, "next_payment_date"),
                trialEnd,
                event == SubscriptionEvent.SUBSCR_CANCEL,
                Optional.empty());
    }

    /** The end of a free first period; empty where the first period is paid. */
    private Optional<Instant> freeUntil() {
        if (event == SubscriptionEvent.SUBSCR_SIGNUP) {
            return isZero("mc_amount1")
                    ? message.text("period1").flatMap(period -> IpnTimes.after(at, period))
                    : Optional.empty();
        }
        var trial = message.text("period_type").orElse("").equalsIgnoreCase("trial");
        return trial && isZero("amount") ? IpnTimes.at(message, "next_payment_date") : Optional.empty();
    }

    private boolean isZero(String name) {
        var amount = message.text(name).orElse("");
        return amount.matches("[0-9]{1,18}(\\.[0-9]{1,6})?") && new BigDecimal(amount).signum() == 0;
    }
}
