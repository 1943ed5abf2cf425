package ipn.fact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One statement of a gateway about a payment, an invoice or a subscription. The identity of a fact is its type and
 * {@link #id()}. A {@link Version} determines the newest fact of an identity; the order of arrival has no effect.
 */
public sealed interface Fact {
    /** Identity within the type: capture id, refund id, dispute id ... */
    String id();

    /** The payer's bank reserved the money. */
    record Authorized(String id, Money amount) implements Fact {}

    /**
     * The payer was charged. The amount is cumulative for its id, so a second partial capture raises it.
     *
     * @param fee the gateway's fee in the currency of the amount; empty if the gateway does not report it
     */
    record Captured(String id, Money amount, Optional<Money> fee) implements Fact {}

    /**
     * One refund. Only {@code PENDING} and {@code SUCCEEDED} count as refunded money.
     *
     * @param amount empty if the gateway only reports that the refund is in full: all that was captured with the id of the refund,
     *     or, where no capture has it, all that the payment captured
     */
    record Refund(String id, Optional<Money> amount, RefundStatus status) implements Fact {
        public Refund(String id, Money amount, RefundStatus status) {
            this(id, Optional.of(amount), status);
        }

        /** A refund in full, of an amount that the gateway does not report. */
        public static Refund inFull(String id, RefundStatus status) {
            return new Refund(id, Optional.empty(), status);
        }
    }

    /**
     * What a refund was for. It counts for the invoices of the same payment key, while the refund with the same id counts. It is a
     * fact apart from the refund, because a later event that reports only the amount of the refund does not deny its lines.
     *
     * @param id of the {@link Refund}
     * @param lines at most {@value #LINES_MAX}, of amounts above zero; further ones are left out. Together not more than the refund,
     *     or none of them counts; what is in no line is refunded of all lines in proportion
     */
    record RefundLines(String id, List<RefundLine> lines) implements Fact {
        public static final int LINES_MAX = 32;

        public RefundLines {
            lines = lines.stream()
                    .filter(line -> line.amount() > 0)
                    .limit(LINES_MAX)
                    .toList();
        }
    }

    /**
     * What was refunded of one line of an invoice.
     *
     * @param sku one of the names that the {@link Line} has, and no line of another product
     * @param amount minor units of the refund's currency, tax included
     */
    record RefundLine(String sku, long amount) {}

    /** The total refunded amount of a capture, as computed by the gateway; {@code id} is the capture's id. */
    record RefundTotal(String id, Money amount) implements Fact {}

    /**
     * The payer's bank disputes the payment.
     *
     * @param amount what is disputed, and once it is lost, what is lost; empty: all that the payment captured
     * @param settledByRefund true if a refund made since the dispute was opened settles it and is the same money; false if a refund
     *     does not affect the dispute, so both are lost
     */
    record Dispute(String id, Optional<Money> amount, DisputeStatus status, String reason, boolean settledByRefund)
            implements Fact {
        /** A dispute that a refund does not settle. */
        public Dispute(String id, Optional<Money> amount, DisputeStatus status, String reason) {
            this(id, amount, status, reason, false);
        }
    }

    /** Money moved because of a dispute. */
    record DisputeFunds(String id, Money amount, DisputeMovement movement) implements Fact {}

    /** The status of a payment attempt. It never overrides a capture: a successful attempt may follow a failed one. */
    record Attempt(String id, AttemptStatus status, String reason) implements Fact {}

    /** The gateway or the bank suspects fraud, or has withdrawn the suspicion. */
    record FraudFlag(String id, boolean raised, String reason) implements Fact {}

    /**
     * The amount and the period of an invoice or a subscription payment. A payment key may have several invoices with different
     * ids. The {@link Captured}, {@link RefundTotal}, {@link Dispute} and {@link FraudFlag} of an invoice then have the
     * invoice's id.
     *
     * @param subscription payment key of the subscription; empty for a one-off invoice
     * @param due the amount of the invoice
     * @param paid the amount paid so far, 0 or more
     * @param until end of the period; if empty, the product's interval determines it
     * @param breakdown how the gateway calculated the amount; empty if the gateway reports only the amount
     */
    record Invoice(
            String id,
            InvoiceStatus status,
            Optional<String> subscription,
            Money due,
            Money paid,
            Optional<Instant> from,
            Optional<Instant> until,
            Optional<Breakdown> breakdown)
            implements Fact {
        public Invoice {
            if (!due.currency().equals(paid.currency())) {
                throw new IllegalArgumentException("invoice: due and paid differ in currency (expected: one)");
            }
        }

        /** Without a breakdown. */
        public Invoice(
                String id,
                InvoiceStatus status,
                Optional<String> subscription,
                Money due,
                Money paid,
                Optional<Instant> from,
                Optional<Instant> until) {
            this(id, status, subscription, due, paid, from, until, Optional.empty());
        }

        /** With a breakdown. */
        public Invoice with(Breakdown calculated) {
            return new Invoice(id, status, subscription, due, paid, from, until, Optional.of(calculated));
        }
    }

    /**
     * The status of a subscription.
     *
     * @param periodEnd planned end of the current period; does not prove a payment
     * @param cancelScheduled the subscription will not renew; access lasts until the end of the paid period
     * @param cancelAt effective time of a scheduled cancellation; empty if the gateway does not report it
     * @param graceUntil until when the gateway itself continues access while it retries to collect; only with PAST_DUE; empty if
     *     it does not report it, so that the product's grace applies
     * @param items what it is for now, all of it; empty if the gateway does not report it, or more than {@value #ITEMS_MAX}
     */
    record Subscription(
            String id,
            SubscriptionStatus status,
            Optional<Instant> periodEnd,
            Optional<Instant> trialEnd,
            boolean cancelScheduled,
            Optional<Instant> cancelAt,
            Optional<Instant> graceUntil,
            List<SubscriptionItem> items)
            implements Fact {
        public static final int ITEMS_MAX = 32;

        public Subscription {
            items = items.size() > ITEMS_MAX ? List.of() : List.copyOf(items);
        }

        /** Without a grace period of the gateway, and without items. */
        public Subscription(
                String id,
                SubscriptionStatus status,
                Optional<Instant> periodEnd,
                Optional<Instant> trialEnd,
                boolean cancelScheduled,
                Optional<Instant> cancelAt) {
            this(id, status, periodEnd, trialEnd, cancelScheduled, cancelAt, Optional.empty(), List.of());
        }

        /** With a grace period of the gateway. */
        public Subscription withGraceUntil(Optional<Instant> end) {
            return new Subscription(id, status, periodEnd, trialEnd, cancelScheduled, cancelAt, end, items);
        }

        /** The names of its items, each once. */
        public List<Fact> skus() {
            return items.stream()
                    .flatMap(item -> item.skus().stream())
                    .distinct()
                    .map(sku -> (Fact) new Sku(sku))
                    .toList();
        }

        /** With the plan that it is for now, alone; without items if the gateway does not report it. */
        public Subscription withPlan(Optional<String> sku) {
            return withItems(sku.stream().map(List::of).toList());
        }

        /** With what it is for now, by the names of each item; items without a name are left out. */
        public Subscription withItems(List<List<String>> skus) {
            var named = skus.stream()
                    .filter(names -> !names.isEmpty())
                    .map(SubscriptionItem::new)
                    .toList();
            return new Subscription(id, status, periodEnd, trialEnd, cancelScheduled, cancelAt, graceUntil, named);
        }
    }

    /**
     * One item of a subscription.
     *
     * @param skus the gateway's names for what is sold: price id, lookup key, product id; at most {@value #SKUS_MAX}
     */
    record SubscriptionItem(List<String> skus) {
        public static final int SKUS_MAX = 8;

        public SubscriptionItem {
            skus = skus.stream().distinct().limit(SKUS_MAX).toList();
        }
    }

    /** Two payments belong together; {@code target} is the payment key of the other one. */
    record Link(LinkKind kind, String target) implements Fact {
        @Override
        public String id() {
            return kind + " " + target;
        }
    }

    /** A reference of the merchant, found in the notification. */
    record Reference(ReferenceName name, String value) implements Fact {
        @Override
        public String id() {
            return name.key();
        }
    }

    /** The gateway's name for the product: a price id, a lookup key, an item number. */
    record Sku(String id) implements Fact {}

    /**
     * How the gateway calculated an invoice from the merchant's own prices. Amounts are minor units of the invoice's currency.
     *
     * @param discount all discounts together, 0 or more
     * @param tax all taxes together, 0 or more, whether the prices contain them or not
     * @param credit paid from the payer's balance at the gateway, 0 or more
     * @param lines at most {@value #LINES_MAX}; further ones are left out
     */
    record Breakdown(InvoiceReason reason, long discount, long tax, long credit, List<Line> lines) {
        public static final int LINES_MAX = 32;

        public Breakdown {
            lines = lines.stream().limit(LINES_MAX).toList();
        }
    }

    /**
     * One line of an invoice.
     *
     * @param skus the gateway's names for what is sold: price id, lookup key, product id; at most {@value #SKUS_MAX}. The last may be
     *     the name of the line itself, where a refund names that
     * @param quantity 1 or more
     * @param amount of the whole quantity before the discount; negative: a credit, such as for unused time
     * @param discount 0 or more; part of the amount
     * @param discountName of the coupon or offer. With a discount of 0: the amount is already reduced, by an unknown amount
     * @param tax 0 or more
     * @param proration the amount is for a part of a period, after a change within it
     * @param until end of the period that the line pays for
     */
    record Line(
            List<String> skus,
            long quantity,
            long amount,
            long discount,
            Optional<String> discountName,
            long tax,
            boolean proration,
            Optional<Instant> from,
            Optional<Instant> until) {
        public static final int SKUS_MAX = 8;

        public Line {
            skus = skus.stream().distinct().limit(SKUS_MAX).toList();
        }

        /** A line without discount, tax, proration and period. */
        public static Line of(List<String> skus, long quantity, long amount) {
            return new Line(skus, quantity, amount, 0, Optional.empty(), 0, false, Optional.empty(), Optional.empty());
        }

        public Line withAmount(long whole) {
            return new Line(skus, quantity, whole, discount, discountName, tax, proration, from, until);
        }

        public Line withDiscount(long reduction, Optional<String> name) {
            return new Line(skus, quantity, amount, reduction, name, tax, proration, from, until);
        }

        public Line withTax(long included) {
            return new Line(skus, quantity, amount, discount, discountName, included, proration, from, until);
        }

        public Line prorated(boolean part) {
            return new Line(skus, quantity, amount, discount, discountName, tax, part, from, until);
        }

        public Line withPeriod(Optional<Instant> start, Optional<Instant> end) {
            return new Line(skus, quantity, amount, discount, discountName, tax, proration, start, end);
        }
    }

    /** Why the gateway made an invoice. */
    enum InvoiceReason {
        /** Not reported. */
        OTHER,
        /** The first of a subscription. */
        FIRST,
        RENEWAL,
        /** The subscription changed within a period. */
        SWITCH,
        /** Made by the merchant, or a one-off purchase. */
        MANUAL,
        /** Another user of the family pays: no money is due. */
        SHARED,
        /** Paid, but the notification contains no amount. */
        UNPRICED,
        /** Not the gateway's: an operator imported the period, which was paid before the gateway notified us. */
        IMPORTED
    }

    enum RefundStatus {
        PENDING,
        SUCCEEDED,
        FAILED,
        CANCELED;

        /** Whether a refund of this status counts as refunded money. */
        public boolean counts() {
            return this == PENDING || this == SUCCEEDED;
        }
    }

    enum DisputeStatus {
        /** An inquiry of the bank; no money is withdrawn yet. */
        INQUIRY,
        OPEN,
        WON,
        LOST,
        /** Ended without effect, such as an inquiry withdrawn. */
        CLOSED
    }

    enum DisputeMovement {
        WITHDRAWN,
        REINSTATED
    }

    enum AttemptStatus {
        PENDING,
        FAILED,
        CANCELED,
        EXPIRED,
        /** The payer did not complete an offer in time; unlike EXPIRED, an authorization outranks it. */
        ABANDONED
    }

    enum InvoiceStatus {
        OPEN,
        PAID,
        FAILED,
        VOID,
        UNCOLLECTIBLE
    }

    enum SubscriptionStatus {
        /** Not started; no payment yet. */
        PENDING,
        TRIALING,
        ACTIVE,
        PAST_DUE,
        UNPAID,
        PAUSED,
        CANCELED,
        EXPIRED
    }

    enum LinkKind {
        /** This payment pays the target. */
        PAYS,
        /** The target pays this one. */
        PAID_BY
    }

    /** The entities that a merchant can reference. */
    enum ReferenceName {
        ORDER,
        SUBJECT,
        PRODUCT,
        REFERENCE;

        /** The name in settings and topics. */
        public String key() {
            return switch (this) {
                case ORDER -> "order";
                case SUBJECT -> "subject";
                case PRODUCT -> "product";
                case REFERENCE -> "reference";
            };
        }
    }
}
