package ipn.projector.allocation;

import ipn.avro.DiscrepancyKind;
import ipn.decision.DiscrepancyOptions;
import ipn.key.ChargeKey;
import java.util.Optional;

/**
 * How money differs from what was expected, or that it did not arrive.
 *
 * @param charge the money; empty: the order as a whole
 * @param expected for people
 * @param actual for people
 */
public record Mismatch(DiscrepancyKind kind, Optional<ChargeKey> charge, String expected, String actual) {

    /** Whether a person can decide that money grants in spite of it. */
    boolean acceptable() {
        return DiscrepancyOptions.of(kind, expected).accept();
    }

    /** The same about other money. */
    Mismatch ofCharge(ChargeKey other) {
        return new Mismatch(kind, Optional.of(other), expected, actual);
    }

    /** About the money of one charge. */
    public static Mismatch ofCharge(DiscrepancyKind kind, ChargeKey charge, String expected, String actual) {
        return new Mismatch(kind, Optional.of(charge), expected, actual);
    }

    /** About an order as a whole. */
    public static Mismatch ofOrder(DiscrepancyKind kind, String expected, String actual) {
        return new Mismatch(kind, Optional.empty(), expected, actual);
    }
}
