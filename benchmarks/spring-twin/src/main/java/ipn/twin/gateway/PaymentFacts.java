package ipn.twin.gateway;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What events say about a payment. Facts of several events are merged in any sequence with the same result.
 *
 * @param captured the amount that was captured, in minor units
 * @param purchase what the payment is for
 */
public record PaymentFacts(
        long captured, Optional<Purchase> purchase, List<Refund> refunds, Dispute dispute, boolean fraudWarning) {
    /** No fact that this service uses. */
    public static final PaymentFacts NONE = new PaymentFacts(0, Optional.empty(), List.of(), Dispute.NONE, false);

    /** The state of a dispute; a later state replaces an earlier one. */
    public enum Dispute {
        NONE,
        OPEN,
        WON,
        LOST
    }

    /** A refund with the id that the gateway has given it. */
    public record Refund(String id, long amount) {}

    public static PaymentFacts captured(long amount, Optional<Purchase> purchase) {
        return new PaymentFacts(amount, purchase, List.of(), Dispute.NONE, false);
    }

    public static PaymentFacts refunded(String id, long amount) {
        return new PaymentFacts(0, Optional.empty(), List.of(new Refund(id, amount)), Dispute.NONE, false);
    }

    public static PaymentFacts disputed(Dispute dispute) {
        return new PaymentFacts(0, Optional.empty(), List.of(), dispute, false);
    }

    public static PaymentFacts warned() {
        return new PaymentFacts(0, Optional.empty(), List.of(), Dispute.NONE, true);
    }

    /** The facts of both. */
    public PaymentFacts merge(PaymentFacts other) {
        return new PaymentFacts(
                Math.max(captured, other.captured),
                purchase.or(other::purchase),
                Stream.concat(refunds.stream(), other.refunds.stream())
                        .distinct()
                        .toList(),
                dispute.compareTo(other.dispute) >= 0 ? dispute : other.dispute,
                fraudWarning || other.fraudWarning);
    }
}
