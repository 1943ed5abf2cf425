package ipn.decision;

import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import org.jspecify.annotations.Nullable;

/**
 * What a person can decide about a kind of discrepancy, and why not more.
 *
 * @param accept whether money can grant in spite of it
 * @param assign whether a subject, product or scope can be named that is missing or unknown
 * @param dismiss whether it can be closed without access
 * @param why what else to do, and why, where it cannot be accepted; what accepting means where it can
 */
public record DiscrepancyOptions(boolean accept, boolean assign, boolean dismiss, String why) {
    /** What is expected of money that was captured in several currencies: no amount can be compared or granted for. */
    public static final String ONE_CURRENCY = "one currency";

    private static final DiscrepancyOptions SEVERAL_CURRENCIES = new DiscrepancyOptions(
            false,
            false,
            true,
            "money in several currencies is no amount that could pay for anything: refund it, and dismiss");

    /** What can be decided about one discrepancy. */
    public static DiscrepancyOptions of(Discrepancy discrepancy) {
        return of(discrepancy.getKind(), discrepancy.getExpected());
    }

    /** @param expected as the discrepancy says it */
    public static DiscrepancyOptions of(DiscrepancyKind kind, @Nullable String expected) {
        return kind == DiscrepancyKind.CURRENCY_MISMATCH && ONE_CURRENCY.equals(expected)
                ? SEVERAL_CURRENCIES
                : of(kind);
    }

    /** What can be decided about a kind. */
    public static DiscrepancyOptions of(DiscrepancyKind kind) {
        return switch (kind) {
            case UNDERPAID -> accept("the money grants as if it were the whole price");
            case OVERPAID -> accept("the money grants; what is too much is not given back by this");
            case CURRENCY_MISMATCH -> accept("the money grants as if its currency had a price");
            case WRONG_ACCOUNT -> accept("the money grants though another account than the order's received it");
            case UNKNOWN_ORDER -> accept("the money is compared with the catalogue, as if it named no order");
            case NO_ORDER -> accept("the money grants without an order");
            case DUPLICATE_PAYMENT ->
                accept("the second payment grants beside the first: another period, or the same access twice");
            case LATE -> accept("the money pays the order though it came after its pay-by time");
            case UNSOLD_TRIAL -> accept("the trial gives access as the gateway reports it");
            case UNKNOWN_AMOUNT -> accept("the payment grants though the gateway reports no amount");
            case NO_SUBJECT -> assign("it is not known whose the money is: assign a subject");
            case NO_PRODUCT, UNKNOWN_PRODUCT -> assign("it is not known what the money is for: assign a product");
            case NO_SCOPE -> assign("it is not known what the product is for: assign a scope");
            case WRONG_MODE -> dismiss("test money never grants: dismiss it");
            case MISSING -> dismiss("nothing was paid: dismiss it, or grant access without money");
            case TOO_MANY_PAYMENTS ->
                new DiscrepancyOptions(
                        false,
                        false,
                        false,
                        "this payment has no place in the state: refund it, or correct what it names; it closes then");
            case UNKNOWN -> new DiscrepancyOptions(false, false, false, "this version does not know its kind: update");
        };
    }

    /** Kinds in spite of which money can grant. */
    public static boolean isAcceptable(DiscrepancyKind kind) {
        return of(kind).accept();
    }

    private static DiscrepancyOptions accept(String why) {
        return new DiscrepancyOptions(true, false, true, why);
    }

    private static DiscrepancyOptions assign(String why) {
        return new DiscrepancyOptions(false, true, true, why);
    }

    private static DiscrepancyOptions dismiss(String why) {
        return new DiscrepancyOptions(false, false, true, why);
    }
}
