package ipn.projector.ledger;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * Revenue: what some money is for, since it matches what was expected.
 *
 * @param paid minor units, 0 or more, as are the others
 * @param refunded of it
 * @param disputed held back of it by an open dispute, or lost to one
 * @param paidDay UTC
 * @param refundedDay of the newest refund
 * @param disputedDay of the dispute's newest change
 */
public record RevenueRecognition(
        String product,
        String currency,
        long paid,
        long refunded,
        long disputed,
        LocalDate paidDay,
        LocalDate refundedDay,
        LocalDate disputedDay)
        implements Comparable<RevenueRecognition> {
    private static final Comparator<RevenueRecognition> OLDEST_FIRST = Comparator.comparing(RevenueRecognition::paidDay)
            .thenComparing(RevenueRecognition::product)
            .thenComparing(RevenueRecognition::currency)
            .thenComparing(RevenueRecognition::paid)
            .thenComparing(RevenueRecognition::refunded)
            .thenComparing(RevenueRecognition::disputed)
            .thenComparing(RevenueRecognition::refundedDay)
            .thenComparing(RevenueRecognition::disputedDay);

    @Override
    public int compareTo(RevenueRecognition other) {
        return OLDEST_FIRST.compare(this, other);
    }

    /** The same, limited to the cash that is known; and no more of it is refunded than is left of what was paid. */
    RevenueRecognition within(UnrecognizedCash cash) {
        var taken = Math.min(paid, cash.captured());
        var returned = Math.min(taken, Math.min(refunded, cash.refunded()));
        var held = Math.min(taken - returned, Math.min(disputed, cash.heldBack()));
        return with(taken, returned, held);
    }

    /** The same with other amounts. */
    public RevenueRecognition with(long taken, long returned, long held) {
        return new RevenueRecognition(product, currency, taken, returned, held, paidDay, refundedDay, disputedDay);
    }

    void addTo(PostingSet postings) {
        postings.move(paid, currency, paidDay, Account.UNMATCHED, Account.revenue(product))
                .move(refunded, currency, refundedDay, Account.refunds(product), Account.UNMATCHED)
                .move(disputed, currency, disputedDay, Account.disputes(product), Account.UNMATCHED);
    }

    /**
     * Cash that is known and not recognized yet, in one currency.
     *
     * @param heldBack by disputes
     */
    record UnrecognizedCash(long captured, long refunded, long heldBack) {
        static final UnrecognizedCash NOTHING = new UnrecognizedCash(0, 0, 0);

        UnrecognizedCash and(UnrecognizedCash other) {
            return new UnrecognizedCash(
                    Math.addExact(captured, other.captured),
                    Math.addExact(refunded, other.refunded),
                    Math.addExact(heldBack, other.heldBack));
        }

        UnrecognizedCash without(RevenueRecognition recognized) {
            return new UnrecognizedCash(
                    captured - recognized.paid, refunded - recognized.refunded, heldBack - recognized.disputed);
        }
    }
}
