package ipn.fact;

import java.time.Instant;
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

    /** One refund. Only {@code PENDING} and {@code SUCCEEDED} count as refunded money. */
    record Refund(String id, Money amount, RefundStatus status) implements Fact {}

    /** The total refunded amount of a capture, as computed by the gateway; {@code id} is the capture's id. */
    record RefundTotal(String id, Money amount) implements Fact {}

    /** The payer's bank disputes the payment. */
    record Dispute(String id, Optional<Money> amount, DisputeStatus status, String reason) implements Fact {}

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
     */
    record Invoice(
            String id,
            InvoiceStatus status,
            Optional<String> subscription,
            Money due,
            Money paid,
            Optional<Instant> from,
            Optional<Instant> until)
            implements Fact {
        public Invoice {
            if (!due.currency().equals(paid.currency())) {
                throw new IllegalArgumentException("invoice: due and paid differ in currency (expected: one)");
            }
        }
    }

    /**
     * The status of a subscription.
     *
     * @param periodEnd planned end of the current period; does not prove a payment
     * @param cancelScheduled the subscription will not renew; access lasts until the end of the paid period
     * @param cancelAt effective time of a scheduled cancellation; empty if the gateway does not report it
     */
    record Subscription(
            String id,
            SubscriptionStatus status,
            Optional<Instant> periodEnd,
            Optional<Instant> trialEnd,
            boolean cancelScheduled,
            Optional<Instant> cancelAt)
            implements Fact {}

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

    enum RefundStatus {
        PENDING,
        SUCCEEDED,
        FAILED,
        CANCELED
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
        EXPIRED
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
