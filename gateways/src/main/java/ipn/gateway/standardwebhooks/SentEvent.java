package ipn.gateway.standardwebhooks;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.References;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Times;
import ipn.gateway.standardwebhooks.Mapping.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One event in the sender's format, read with the sender's mapping. */
record SentEvent(AccountId account, Mapping mapping, JsonField body, Times times) {
    private static final int SKU_LENGTH_MAX = 200;

    /** @param ofSubscription true where the event is about the subscription itself and not about one payment */
    List<Fact> facts(Meaning meaning, boolean ofSubscription) {
        var facts = new ArrayList<Fact>();
        if (ofSubscription) {
            var subscription = subscription(meaning);
            facts.add(subscription);
            facts.addAll(subscription.skus());
        } else {
            facts.addAll(payment(meaning));
        }
        Mapping.REFERENCES.forEach((name, place) -> Optional.of(at(place))
                .filter(JsonField::isPresent)
                .ifPresent(field -> facts.add(References.reference(name, field))));
        sku().map(Fact.Sku::new).filter(sku -> !facts.contains(sku)).ifPresent(facts::add);
        return facts;
    }

    private Optional<String> sku() {
        return at(Place.SKU).word(SKU_LENGTH_MAX);
    }

    /** The amount of the event, where it contains one. */
    Optional<Money> amount() {
        return at(Place.AMOUNT).isPresent() ? Optional.of(money()) : Optional.empty();
    }

    private List<Fact> payment(Meaning meaning) {
        var id = id(Place.PAYMENT);
        return switch (meaning) {
            case AUTHORIZED -> List.of(new Fact.Authorized(id, money()));
            case CAPTURED -> at(Place.SUBSCRIPTION).isPresent() ? paidPeriod(id) : paidOnce(id);
            case SUBSCRIPTION_STARTED, SUBSCRIPTION_RENEWED -> paidPeriod(id);
            case PENDING -> List.of(attempt(id, AttemptStatus.PENDING));
            case FAILED -> List.of(attempt(id, AttemptStatus.FAILED));
            case CANCELED -> List.of(attempt(id, AttemptStatus.CANCELED));
            case EXPIRED -> List.of(attempt(id, AttemptStatus.EXPIRED));
            case REFUNDED -> refunded();
            case REFUND_FAILED -> List.of(refund(RefundStatus.FAILED));
            case DISPUTE_OPENED -> List.of(dispute(DisputeStatus.OPEN));
            case DISPUTE_WON -> List.of(dispute(DisputeStatus.WON));
            case DISPUTE_LOST -> List.of(dispute(DisputeStatus.LOST));
            case FRAUD_FLAGGED -> List.of(new Fact.FraudFlag(id, true, reason()));
            case FRAUD_CLEARED -> List.of(new Fact.FraudFlag(id, false, reason()));
            case SUBSCRIPTION_PAST_DUE,
                    SUBSCRIPTION_CANCELED,
                    CANCEL_SCHEDULED,
                    SUBSCRIPTION_EXPIRED,
                    SUBSCRIPTION_PAUSED,
                    IGNORED -> throw new IllegalArgumentException(meaning + ": not about a payment");
        };
    }

    private Fact captured(String id) {
        return new Fact.Captured(id, money(), Optional.empty());
    }

    private List<Fact> paidPeriod(String id) {
        return List.of(captured(id), paid(id, Optional.of(account.keyOf(id(Place.SUBSCRIPTION))), breakdown()));
    }

    /** A payment without lines has no invoice. */
    private List<Fact> paidOnce(String id) {
        var lines = breakdown();
        return lines.isPresent() ? List.of(captured(id), paid(id, Optional.empty(), lines)) : List.of(captured(id));
    }

    private Fact paid(String id, Optional<String> subscription, Optional<Fact.Breakdown> breakdown) {
        var amount = money();
        var invoice = new Fact.Invoice(
                id, InvoiceStatus.PAID, subscription, amount, amount, time(Place.PERIOD_START), time(Place.PERIOD_END));
        return breakdown.map(invoice::with).orElse(invoice);
    }

    private Optional<Fact.Breakdown> breakdown() {
        return new SentLines(mapping, body, times, currency()).breakdown();
    }

    private Fact attempt(String id, AttemptStatus status) {
        return new Fact.Attempt(id, status, reason());
    }

    private List<Fact> refunded() {
        var refund = refund(RefundStatus.SUCCEEDED);
        var lines = new SentLines(mapping, body, times, currency()).refunded();
        return lines.isEmpty() ? List.of(refund) : List.of(refund, new Fact.RefundLines(refund.id(), lines));
    }

    private Fact refund(RefundStatus status) {
        return new Fact.Refund(id(Place.REFUND), money(), status);
    }

    private Fact dispute(DisputeStatus status) {
        return new Fact.Dispute(id(Place.DISPUTE), amount(), status, reason());
    }

    /** What a subscription is for now: its lines if the sender has lines, else the one SKU. */
    private List<List<String>> items() {
        var lines = new SentLines(mapping, body, times, "").names();
        return lines.isEmpty() ? sku().stream().map(List::of).toList() : lines;
    }

    private Fact.Subscription subscription(Meaning meaning) {
        var status = switch (meaning) {
            case SUBSCRIPTION_PAST_DUE -> SubscriptionStatus.PAST_DUE;
            case SUBSCRIPTION_CANCELED -> SubscriptionStatus.CANCELED;
            case SUBSCRIPTION_EXPIRED -> SubscriptionStatus.EXPIRED;
            case SUBSCRIPTION_PAUSED -> SubscriptionStatus.PAUSED;
            default -> SubscriptionStatus.ACTIVE;
        };
        var periodEnd = time(Place.PERIOD_END);
        var scheduled = meaning == Meaning.CANCEL_SCHEDULED;
        return new Fact.Subscription(
                        id(Place.SUBSCRIPTION),
                        status,
                        periodEnd,
                        Optional.empty(),
                        scheduled,
                        scheduled ? periodEnd : Optional.empty())
                .withItems(items());
    }

    private JsonField at(Place place) {
        return mapping.at(place, body);
    }

    private String id(Place place) {
        return at(place).required().id().orElseThrow();
    }

    private String reason() {
        var reason = at(Place.REASON).code();
        return reason.isEmpty() ? at(Place.FAILURE).code() : reason;
    }

    private Optional<Instant> time(Place place) {
        var field = at(place);
        return field.isPresent()
                ? Optional.of(times.planned(Times.isoOrSeconds(field), field.pointer()))
                : Optional.empty();
    }

    private Money money() {
        return SentAmounts.money(at(Place.AMOUNT), currency(), mapping.unit());
    }

    private String currency() {
        return at(Place.CURRENCY).required().glance().orElse("");
    }
}
