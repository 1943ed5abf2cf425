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
                false,
                Optional.empty());
    }

    /** The end of the free periods at the beginning; empty where the first period is paid. */
    private Optional<Instant> freeUntil() {
        if (event == SubscriptionEvent.SUBSCR_SIGNUP) {
            return after(at, "1").map(first -> after(first, "2").orElse(first));
        }
        var trial = message.text("period_type").orElse("").equalsIgnoreCase("trial");
        return trial && isZero("amount") ? IpnTimes.at(message, "next_payment_date") : Optional.empty();
    }

    /** The end of a free trial period that begins at a time; a subscription has up to two. */
    private Optional<Instant> after(Instant start, String number) {
        return isZero("mc_amount" + number)
                ? message.text("period" + number).flatMap(period -> IpnTimes.after(start, period))
                : Optional.empty();
    }

    private boolean isZero(String name) {
        var amount = message.text(name).orElse("");
        return amount.matches("[0-9]{1,18}(\\.[0-9]{1,6})?") && new BigDecimal(amount).signum() == 0;
    }
}
