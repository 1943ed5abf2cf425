package ipn.processor;

import ipn.avro.ReverificationStatus;
import ipn.processor.payment.Decision;
import ipn.processor.payment.Payment;

/** The decision about a raw record, and whether the record was verified again before. */
record Decided(Decision decision, ReverificationStatus reverification) {
    /** A decision without verification. */
    static Decided unverified(Decision decision) {
        return new Decided(decision, ReverificationStatus.NOT_ATTEMPTED);
    }

    /** Where the account has left or entered mode shadow, an event that changes nothing else changes the state all the same. */
    Decided inNewMode(Payment before) {
        if (decision instanceof Decision.Duplicate duplicate) {
            return with(new Decision.Applied(duplicate.item(), before, duplicate.at(), 0));
        }
        return decision instanceof Decision.Unchanged unchanged
                ? with(new Decision.Applied(unchanged.item(), unchanged.after(), unchanged.at(), 0))
                : this;
    }

    /** The same record with another decision. */
    Decided with(Decision other) {
        return new Decided(other, reverification);
    }
}
