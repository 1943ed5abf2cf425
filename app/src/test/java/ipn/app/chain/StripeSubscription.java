package ipn.app.chain;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import ipn.imported.ImportedSubscription;
import ipn.imported.ImportedSubscription.Period;
import ipn.imported.ImportedSubscription.Sold;
import ipn.imported.ImportedSubscription.Source;
import ipn.imported.ImportedSubscription.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A random story of one monthly subscription at Stripe: events in their order, and what an export would contain after each. */
final class StripeSubscription {
    static final Duration MONTH = Duration.ofDays(30);
    private static final Duration TRIAL = Duration.ofDays(10);
    private static final int PRICE = 800;

    /**
     * An event.
     *
     * @param type of the event
     * @param object in single quotes, with {@code NAME} for the part of ids and the subject that differs between tellings
     * @param after the subscription after it
     */
    record Event(Instant at, String type, String object, Snapshot after) {
        /** As Stripe sends it. */
        Delivery delivery(String name, int number, Instant receivedAt) {
            var body =
                    "{'id':'evt_NAME_%d','object':'event','type':'%s','created':%d,'livemode':false,'data':{'object':%s}}"
                            .formatted(number, type, at.getEpochSecond(), object);
            return new Delivery(
                    Map.of("content-type", List.of("application/json")),
                    Bytes.utf8(body.replace('\'', '"').replace("NAME", name)),
                    receivedAt,
                    Optional.empty());
        }

        boolean isReversal() {
            return type.startsWith("refund") || type.startsWith("charge.dispute");
        }
    }

    /**
     * What an export contains.
     *
     * @param period number of the current one, from 0; -1 in a trial
     * @param reversed whether money of the current period went back or is disputed, which no export contains
     * @param collecting whether the period has begun and its payment is still to come: an export does not contain that either
     * @param unpaid whether its payment failed
     */
    record Snapshot(
            SubscriptionStatus status,
            int period,
            Instant from,
            Instant until,
            Optional<Instant> trialEnd,
            boolean ends,
            boolean reversed,
            boolean collecting,
            boolean unpaid) {
        Snapshot with(SubscriptionStatus other) {
            var fails = other == SubscriptionStatus.PAST_DUE || other == SubscriptionStatus.CANCELED && unpaid;
            return new Snapshot(other, period, from, until, trialEnd, ends, reversed, false, fails);
        }

        Snapshot ending() {
            return new Snapshot(status, period, from, until, trialEnd, true, reversed, collecting, unpaid);
        }

        Snapshot reversed(boolean now) {
            return new Snapshot(status, period, from, until, trialEnd, ends, now, collecting, unpaid);
        }

        Snapshot next() {
            return new Snapshot(
                    SubscriptionStatus.ACTIVE,
                    period + 1,
                    until,
                    until.plus(MONTH),
                    trialEnd,
                    ends,
                    false,
                    true,
                    false);
        }

        boolean inArrears() {
            return status == SubscriptionStatus.PAST_DUE;
        }

        /** As the export's line is written to the raw topic. At Stripe the period of a renewal that failed has begun, and is not paid. */
        ImportedSubscription imported(String name, Instant asOf, boolean withPayment) {
            Optional<Period> paid = Optional.empty();
            if (inArrears()) {
                paid = Optional.of(new Period(from.minus(MONTH), from));
            } else if (status == SubscriptionStatus.ACTIVE
                    || status == SubscriptionStatus.CANCELED && !unpaid && until.isAfter(asOf)) {
                paid = Optional.of(new Period(from, until));
            }
            var terms = new Terms(
                    status,
                    List.of(new Sold(List.of("price_premium"), 1)),
                    Map.of(ReferenceName.SUBJECT, name),
                    paid,
                    Optional.of(until),
                    trialEnd,
                    ends,
                    ends ? Optional.of(until) : Optional.empty(),
                    Optional.empty(),
                    withPayment ? Optional.of(new Money(PRICE, "USD")) : Optional.empty(),
                    withPayment && !inArrears() ? Optional.of(payment(name, period)) : Optional.empty());
            return new ImportedSubscription("sub_" + name, asOf, terms, new Source("subscriptions.csv", 7));
        }
    }

    private final SplittableRandom random;
    private final List<Event> events = new ArrayList<>();
    private Instant now;
    private Snapshot state;

    private StripeSubscription(SplittableRandom random, Instant start) {
        this.random = random;
        this.now = start;
        var tried = random.nextInt(4) == 0;
        var until = start.plus(tried ? TRIAL : MONTH);
        this.state = new Snapshot(
                tried ? SubscriptionStatus.TRIALING : SubscriptionStatus.ACTIVE,
                tried ? -1 : 0,
                start,
                until,
                tried ? Optional.of(until) : Optional.empty(),
                false,
                false,
                !tried,
                false);
    }

    static List<Event> story(SplittableRandom random, Instant start) {
        return new StripeSubscription(random, start).tell();
    }

    static String payment(String name, int period) {
        return "pi_" + name + "_" + period;
    }

    private List<Event> tell() {
        subscription("customer.subscription.created");
        if (state.period >= 0) {
            paid();
        }
        var periods = 2 + random.nextInt(4);
        for (var i = 0; i < periods && state.status != SubscriptionStatus.CANCELED; i++) {
            period();
        }
        return events;
    }

    private void period() {
        if (state.period >= 0 && random.nextInt(5) == 0) {
            later(1 + random.nextInt(20));
            reversal();
        }
        if (!state.ends && random.nextInt(6) == 0) {
            later(1 + random.nextInt(5));
            state = state.ending();
            subscription("customer.subscription.updated");
        }
        now = state.until.isAfter(now) ? state.until : now;
        if (state.ends) {
            state = state.with(SubscriptionStatus.CANCELED);
            subscription("customer.subscription.deleted");
        } else {
            renewal();
        }
    }

    private void renewal() {
        state = state.next();
        now = now.plusSeconds(60);
        subscription("customer.subscription.updated");
        if (random.nextInt(4) > 0) {
            paid();
            return;
        }
        state = state.with(SubscriptionStatus.PAST_DUE);
        invoice("invoice.payment_failed", "open", 0);
        subscription("customer.subscription.updated");
        later(1 + random.nextInt(5));
        if (random.nextInt(3) == 0) {
            state = state.with(SubscriptionStatus.CANCELED);
            subscription("customer.subscription.deleted");
        } else {
            paid();
            subscription("customer.subscription.updated");
        }
    }

    private void reversal() {
        var pi = payment("NAME", state.period);
        if (random.nextBoolean()) {
            state = state.reversed(true);
            add(
                    "refund.created",
                    "{'id':'re_%s','object':'refund','payment_intent':'%s','amount':%d,'currency':'usd','status':'succeeded'}"
                            .formatted(pi, pi, PRICE));
            return;
        }
        state = state.reversed(true);
        add("charge.dispute.created", dispute(pi, "needs_response"));
        later(1 + random.nextInt(3));
        var won = random.nextBoolean();
        state = state.reversed(!won);
        add("charge.dispute.closed", dispute(pi, won ? "won" : "lost"));
    }

    private static String dispute(String pi, String status) {
        return "{'id':'dp_%s','object':'dispute','payment_intent':'%s','amount':%d,'currency':'usd','status':'%s','reason':'fraudulent'}"
                .formatted(pi, pi, PRICE, status);
    }

    private void paid() {
        state = state.with(SubscriptionStatus.ACTIVE);
        invoice("invoice.paid", "paid", PRICE);
        var pi = payment("NAME", state.period);
        add(
                "payment_intent.succeeded",
                "{'id':'%s','object':'payment_intent','amount':%d,'amount_received':%d,'currency':'usd','status':'succeeded','metadata':{}}"
                        .formatted(pi, PRICE, PRICE));
    }

    private void invoice(String type, String status, int paid) {
        add(
                type,
                ("{'id':'in_NAME_%d','object':'invoice','status':'%s','subscription':'sub_NAME','amount_due':%d,'amount_paid':%d,'subtotal':%d,'total':%d,"
                                + "'currency':'usd','payment_intent':'%s','billing_reason':'subscription_cycle','subscription_details':{'metadata':{'user_id':'NAME'}},'lines':{'has_more':false,'data':[{'id':'il_NAME','amount':%d,"
                                + "'currency':'usd','type':'subscription','quantity':1,'price':{'id':'price_premium'},'period':{'start':%d,'end':%d}}]}}")
                        .formatted(
                                state.period,
                                status,
                                PRICE,
                                paid,
                                PRICE,
                                PRICE,
                                payment("NAME", state.period),
                                PRICE,
                                state.from.getEpochSecond(),
                                state.until.getEpochSecond()));
    }

    private void subscription(String type) {
        add(
                type,
                ("{'id':'sub_NAME','object':'subscription','status':'%s','cancel_at_period_end':%s,'trial_end':%s,'metadata':{'user_id':'NAME'},"
                                + "'items':{'has_more':false,'data':[{'id':'si_NAME','price':{'id':'price_premium'},'current_period_start':%d,'current_period_end':%d}]}}")
                        .formatted(
                                state.status.name().toLowerCase(Locale.ROOT),
                                state.ends,
                                state.trialEnd
                                        .map(end -> Long.toString(end.getEpochSecond()))
                                        .orElse("null"),
                                state.from.getEpochSecond(),
                                state.until.getEpochSecond()));
    }

    private void add(String type, String object) {
        events.add(new Event(now, type, object, state));
        now = now.plusSeconds(30);
    }

    private void later(int days) {
        var then = now.plus(Duration.ofDays(days)).plusSeconds(random.nextInt(3600));
        now = then.isAfter(state.until) && !state.inArrears() ? now.plusSeconds(3600) : then;
    }
}
