package ipn.operations.explain;

import ipn.avro.Discrepancy;
import java.util.Locale;
import java.util.Map;

/** Codes in words. What is not known here is told as it is, so that a new code is never hidden. */
public final class Words {
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("PAID", "it is paid for"),
            Map.entry("TRIAL", "a trial is running"),
            Map.entry("AWAITING_RENEWAL", "the renewal is awaited"),
            Map.entry("PAYMENT_FAILED", "the renewal could not be collected"),
            Map.entry("DISPUTED", "the payment is disputed"),
            Map.entry("FRAUD_FLAGGED", "the payment is flagged as fraud"),
            Map.entry("REFUNDED", "the money was refunded"),
            Map.entry("DISPUTE_LOST", "the dispute about the payment was lost"),
            Map.entry("CANCELED", "the subscription was cancelled"),
            Map.entry("PAUSED", "the subscription is paused"),
            Map.entry("UNPAID", "the gateway gave up collecting"),
            Map.entry("EXPIRED", "the subscription expired"),
            Map.entry("RAN_OUT", "what was paid for ran out"),
            Map.entry("WITHDRAWN", "the claim moved to another subject, or matches no longer"));

    private static final Map<String, String> MISMATCHES = Map.of(
            "WRONG_MODE", "it is test money in a live deployment",
            "WRONG_ACCOUNT", "it was paid to another account",
            "UNKNOWN_ORDER", "it names an order that nobody placed",
            "NO_ORDER", "it names no order",
            "DUPLICATE_PAYMENT", "its order is paid already",
            "NO_SUBJECT", "it names no subject",
            "NO_PRODUCT", "it names no product",
            "UNKNOWN_PRODUCT", "its product is not in the catalogue",
            "NO_SCOPE", "it does not say what it is for",
            "MISSING", "nothing was paid in time");

    private Words() {}

    /** Why an entitlement is as it is, as a clause. */
    public static String reason(String code) {
        return REASONS.getOrDefault(code, code.toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** What does not match, as a clause with its code. */
    public static String mismatch(Discrepancy open) {
        var kind = open.getKind();
        var expected = open.getExpected();
        var actual = open.getActual();
        var words = MISMATCHES.get(kind);
        if (words == null) {
            words = expected == null || actual == null
                    ? kind.toLowerCase(Locale.ROOT).replace('_', ' ')
                    : "paid %s where %s was expected".formatted(actual, expected);
        } else if (expected != null
                && actual != null
                && (kind.equals("WRONG_ACCOUNT") || kind.equals("UNKNOWN_PRODUCT"))) {
            words += ", %s instead of %s".formatted(actual, expected);
        }
        return "%s (%s)".formatted(words, kind);
    }
}
