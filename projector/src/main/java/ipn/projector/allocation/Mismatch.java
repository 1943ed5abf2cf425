package ipn.projector.allocation;

import ipn.avro.DiscrepancyKind;
import ipn.decision.DiscrepancyOptions;
import ipn.key.ChargeKey;
import ipn.projector.catalogue.Amounts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How money differs from what was expected, or that it did not arrive.
 *
 * @param charge the money; empty: the order as a whole
 * @param expected for people
 * @param actual for people
 * @param captured where expected and actual have no amount, what was captured: a dismissal counts for as much money as the person saw
 */
public record Mismatch(
        DiscrepancyKind kind, Optional<ChargeKey> charge, String expected, String actual, Optional<String> captured) {
    /** Kinds about a payment key as a whole whose texts have no amount. */
    private static final Set<DiscrepancyKind> WITHOUT_AMOUNT = EnumSet.of(
            DiscrepancyKind.WRONG_MODE,
            DiscrepancyKind.WRONG_ACCOUNT,
            DiscrepancyKind.UNKNOWN_ORDER,
            DiscrepancyKind.NO_SUBJECT,
            DiscrepancyKind.NO_PRODUCT,
            DiscrepancyKind.UNKNOWN_PRODUCT,
            DiscrepancyKind.NO_SCOPE);

    /** The same with what the payment key captured, where it says nothing about amounts yet. */
    Mismatch withCaptured(String amounts) {
        var lacksAmount = WITHOUT_AMOUNT.contains(kind) || DiscrepancyOptions.ONE_CURRENCY.equals(expected);
        return captured.isPresent() || !lacksAmount || amounts.isEmpty()
                ? this
                : new Mismatch(kind, charge, expected, actual, Optional.of(amounts));
    }

    /** The same about an amount that expected and actual do not contain. */
    public Mismatch ofMoney(long amount, String currency) {
        return new Mismatch(kind, charge, expected, actual, Optional.of(Amounts.format(amount, currency)));
    }

    /** Whether a person can decide that money grants in spite of it. */
    boolean acceptable() {
        return DiscrepancyOptions.of(kind, expected).accept();
    }

    /** The same about other money. */
    Mismatch ofCharge(ChargeKey other) {
        return new Mismatch(kind, Optional.of(other), expected, actual, captured);
    }

    /** About the money of one charge. */
    public static Mismatch ofCharge(DiscrepancyKind kind, ChargeKey charge, String expected, String actual) {
        return new Mismatch(kind, Optional.of(charge), expected, actual, Optional.empty());
    }

    /** About an order as a whole. */
    public static Mismatch ofOrder(DiscrepancyKind kind, String expected, String actual) {
        return new Mismatch(kind, Optional.empty(), expected, actual, Optional.empty());
    }
}
