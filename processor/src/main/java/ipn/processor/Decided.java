package ipn.processor;

import ipn.avro.ReverificationStatus;
import ipn.processor.payment.Decision;

/** The decision about a raw record, and whether the record was verified again before. */
record Decided(Decision decision, ReverificationStatus reverification) {
    /** A decision without verification. */
    static Decided unverified(Decision decision) {
        return new Decided(decision, ReverificationStatus.NOT_ATTEMPTED);
    }

    /** The same record with another decision. */
    Decided with(Decision other) {
        return new Decided(other, reverification);
    }
}
