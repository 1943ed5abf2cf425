package ipn.projector.ledger;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * What some money is for, once it matches what was expected.
 *
 * @param paid minor units, 0 or more, as are the others
 * @param refunded given back of it
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

    /** The same, of no more than these amounts; and no more is given back of it than is left of what was paid. */
    RevenueRecognition within(Known cash) {
        var taken = Math.min(paid, cash.captured());
        var returned = Math.min(taken, Math.min(refunded, cash.refunded()));
        var held = Math.min(taken - returned, Math.min(disputed, cash.heldBack()));
        return new RevenueRecognition(product, currency, taken, returned, held, paidDay, refundedDay, disputedDay);
    }

    void into(PostingSet sheet) {
        sheet.move(paid, currency, paidDay, Account.UNMATCHED, Account.revenue(product))
                .move(refunded, currency, refundedDay, Account.refunds(product), Account.UNMATCHED)
                .move(disputed, currency, disputedDay, Account.disputes(product), Account.UNMATCHED);
    }

    /**
     * Cash that is known and not recognised yet, in one currency.
     *
     * @param heldBack by disputes
     */
    record Known(long captured, long refunded, long heldBack) {
        static final Known NOTHING = new Known(0, 0, 0);

        Known and(Known other) {
            return new Known(
                    Math.addExact(captured, other.captured),
                    Math.addExact(refunded, other.refunded),
                    Math.addExact(heldBack, other.heldBack));
        }

        Known without(RevenueRecognition recognised) {
            return new Known(
                    captured - recognised.paid, refunded - recognised.refunded, heldBack - recognised.disputed);
        }
    }
}
