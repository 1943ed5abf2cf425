package ipn.fact;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The longest texts of facts, in characters. The gateways of this project read no longer ones; facts of others are checked before they
 * become state.
 */
public final class FactLengths {
    /** An id of a fact; a SKU is one. */
    public static final int ID_MAX = 500;
    /** A payment key or an event key: gateway, account and id. */
    public static final int KEY_MAX = 500;
    /** An order or a subject, which become record keys. */
    public static final int REFERENCE_KEY_MAX = 255;
    /** Any other reference. */
    public static final int REFERENCE_MAX = 500;
    /** A reason code. */
    public static final int REASON_MAX = 100;

    private FactLengths() {}

    /** The text that is too long, and how long it may be: for people, without the text; empty where none is. */
    public static Optional<String> violation(Fact fact) {
        if (fact instanceof Fact.Reference reference) {
            return check("reference " + reference.name().key(), reference.value(), max(reference.name()));
        }
        var idMax = fact instanceof Fact.Link
                ? KEY_MAX + Fact.LinkKind.PAID_BY.name().length() + 1
                : ID_MAX;
        return check(fact.getClass().getSimpleName() + " id", fact.id(), idMax)
                .or(() -> check(fact.getClass().getSimpleName() + " reason", reason(fact), REASON_MAX))
                .or(() -> check("subscription of an invoice", subscription(fact), KEY_MAX))
                .or(() -> firstViolation(lineTexts(fact), "SKU or discount of a line"))
                .or(() -> firstViolation(itemTexts(fact), "SKU of a subscription item"));
    }

    private static Stream<String> lineTexts(Fact fact) {
        if (fact instanceof Fact.RefundLines refund) {
            return refund.lines().stream().map(Fact.RefundLine::sku);
        }
        return fact instanceof Fact.Invoice invoice
                ? invoice.breakdown().stream()
                        .flatMap(breakdown -> breakdown.lines().stream())
                        .flatMap(line -> Stream.concat(line.skus().stream(), line.discountName().stream()))
                : Stream.empty();
    }

    private static Stream<String> itemTexts(Fact fact) {
        return fact instanceof Fact.Subscription subscription
                ? subscription.items().stream().flatMap(item -> item.skus().stream())
                : Stream.empty();
    }

    private static Optional<String> firstViolation(Stream<String> texts, String name) {
        return texts.flatMap(text -> check(name, text, ID_MAX).stream()).findFirst();
    }

    private static int max(Fact.ReferenceName name) {
        return switch (name) {
            case ORDER, SUBJECT -> REFERENCE_KEY_MAX;
            case PRODUCT, REFERENCE -> REFERENCE_MAX;
        };
    }

    private static String reason(Fact fact) {
        if (fact instanceof Fact.Dispute dispute) {
            return dispute.reason();
        }
        if (fact instanceof Fact.Attempt attempt) {
            return attempt.reason();
        }
        return fact instanceof Fact.FraudFlag flag ? flag.reason() : "";
    }

    private static String subscription(Fact fact) {
        return fact instanceof Fact.Invoice invoice ? invoice.subscription().orElse("") : "";
    }

    private static Optional<String> check(String name, String text, int max) {
        return text.length() <= max
                ? Optional.empty()
                : Optional.of("%s: more than %d characters (expected: at most that)".formatted(name, max));
    }
}
