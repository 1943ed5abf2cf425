package ipn.operations.explain;

import ipn.avro.AccessReason;
import ipn.avro.Discrepancy;
import java.util.Locale;

/** Codes as clauses of a sentence. */
public final class CodeTexts {
    private CodeTexts() {}

    /** Why an entitlement is as it is, as a clause. */
    public static String reason(AccessReason reason) {
        return switch (reason) {
            case PAID -> "it is paid for";
            case TRIAL -> "a trial is running";
            case AWAITING_RENEWAL -> "the renewal is awaited";
            case PAYMENT_FAILED -> "the renewal could not be collected";
            case DISPUTED -> "the payment is disputed";
            case FRAUD_FLAGGED -> "the payment is flagged as fraud";
            case REFUNDED -> "the money was refunded";
            case DISPUTE_LOST -> "the dispute about the payment was lost";
            case CANCELED -> "the subscription was canceled";
            case PAUSED -> "the subscription is paused";
            case UNPAID -> "the gateway gave up collecting";
            case EXPIRED -> "the subscription expired";
            case RAN_OUT -> "what was paid for ran out";
            case SWITCHED -> "the subscription moved to another product, and its unused time was credited";
            case GRANTED -> "a person granted it without money";
            case REVOKED -> "a person revoked it";
            case WITHDRAWN -> "the payment no longer matches its price or order, or belongs to another user";
            case UNKNOWN -> "for a reason that this version does not know";
        };
    }

    /** How money differs, as a clause with its code. */
    public static String mismatch(Discrepancy open) {
        return "%s (%s)".formatted(clause(open), open.getKind());
    }

    private static String clause(Discrepancy open) {
        return switch (open.getKind()) {
            case UNDERPAID, OVERPAID, CURRENCY_MISMATCH -> amounts(open);
            case WRONG_MODE -> "it is test money in a live deployment";
            case WRONG_ACCOUNT -> "it was paid to another account" + instead(open);
            case UNKNOWN_ORDER -> "it names an order that no checkout has written";
            case NO_ORDER -> "it names no order";
            case DUPLICATE_PAYMENT -> "its order is paid already";
            case NO_SUBJECT -> "it names no subject";
            case NO_PRODUCT -> "it names no product";
            case UNKNOWN_PRODUCT -> "its product is not in the catalogue" + instead(open);
            case UNSOLD_TRIAL -> "its trial is not sold, or is longer than the one that is sold" + instead(open);
            case UNKNOWN_AMOUNT -> "the gateway reports its payment without the amount";
            case NO_SCOPE -> "it does not name what it is for";
            case TOO_MANY_PAYMENTS -> "more payments name its order or pay its invoice than are kept";
            case LATE -> "it was paid after its order had closed" + instead(open);
            case MISSING -> "nothing was paid in time";
            case UNKNOWN -> "it differs in a way that this version does not know";
        };
    }

    private static String amounts(Discrepancy open) {
        return open.getExpected() == null || open.getActual() == null
                ? open.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : "paid %s, expected %s".formatted(open.getActual(), open.getExpected());
    }

    private static String instead(Discrepancy open) {
        return open.getExpected() == null || open.getActual() == null
                ? ""
                : ", %s instead of %s".formatted(open.getActual(), open.getExpected());
    }
}
