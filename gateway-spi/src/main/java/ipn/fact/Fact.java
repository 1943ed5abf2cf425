package ipn.fact;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing a gateway said about a payment, an invoice or a subscription. A fact has an identity, its type and {@link #id()};
 * what is newest about that identity is decided by a {@link Version}, never by the order of arrival.
 */
public sealed interface Fact {
    /** Identity within the type: capture id, refund id, dispute id ... */
    String id();

    /** The payer's bank has set money aside. */
    record Authorized(String id, Money amount) implements Fact {}

    /**
     * Money was taken. The amount is cumulative for its id, so a second partial capture raises it.
     *
     * @param fee what the gateway kept, where it says so, in the currency of the amount
     */
    record Captured(String id, Money amount, Optional<Money> fee) implements Fact {}

    /** One refund. Only {@code PENDING} and {@code SUCCEEDED} count as money given back. */
    record Refund(String id, Money amount, RefundStatus status) implements Fact {}

    /** How much of a capture has been given back in all, as the gateway adds it up; {@code id} is the capture's. */
    record RefundTotal(String id, Money amount) implements Fact {}

    /** The payer's bank disputes the payment. */
    record Dispute(String id, Optional<Money> amount, DisputeStatus status, String reason) implements Fact {}

    /** Money moved because of a dispute. */
    record DisputeFunds(String id, Money amount, DisputeMovement movement) implements Fact {}

    /** Where an attempt to pay stands. Never outranks money taken: a failed attempt may be followed by a good one. */
    record Attempt(String id, AttemptStatus status, String reason) implements Fact {}

    /** The gateway or the bank suspects fraud, or has stopped to. */
    record FraudFlag(String id, boolean raised, String reason) implements Fact {}

    /**
     * What an invoice or a subscription payment asks for and until when it pays. A payment key may have several, by their ids:
     * then an invoice, its {@link Captured}, {@link RefundTotal}, {@link Dispute} and {@link FraudFlag} bear the same id, which
     * says whose they are.
     *
     * @param subscription payment key of the subscription; empty for a one-off invoice
     * @param due what was asked for
     * @param paid what has been paid, 0 or more
     * @param until end of the period; empty where the gateway does not say: then the product's interval decides
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
     * @param periodEnd end of the running period as planned; no proof of payment
     * @param cancelScheduled it will not renew; access lasts until what is paid runs out
     * @param cancelAt when a scheduled cancellation takes effect, where the gateway says so
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

    /** The merchant's own word for something, found in the notification. */
    record Reference(ReferenceName name, String value) implements Fact {
        @Override
        public String id() {
            return name.key();
        }
    }

    /** The gateway's own name for what was bought: a price id, a lookup key, an item number. */
    record Sku(String id) implements Fact {}

    enum RefundStatus {
        PENDING,
        SUCCEEDED,
        FAILED,
        CANCELED
    }

    enum DisputeStatus {
        /** A question of the bank; no money is at stake yet. */
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
        /** Not started: nothing paid yet. */
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

    /** What merchants refer to. */
    enum ReferenceName {
        ORDER,
        SUBJECT,
        PRODUCT,
        REFERENCE;

        /** As it stands in the settings and on topics. */
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
