package ipn.processor;

import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.LinkKind;
import ipn.avro.PayerWord;
import ipn.avro.SubscriptionStatus;
import ipn.fact.Fact;
import ipn.gateway.Word;

/** The statuses of facts as the enums of our Avro records. */
final class AvroStatuses {
    private AvroStatuses() {}

    static InvoiceStatus invoice(Fact.InvoiceStatus status) {
        return switch (status) {
            case OPEN -> InvoiceStatus.OPEN;
            case PAID -> InvoiceStatus.PAID;
            case FAILED -> InvoiceStatus.FAILED;
            case VOID -> InvoiceStatus.VOID;
            case UNCOLLECTIBLE -> InvoiceStatus.UNCOLLECTIBLE;
        };
    }

    static SubscriptionStatus subscription(Fact.SubscriptionStatus status) {
        return switch (status) {
            case PENDING -> SubscriptionStatus.PENDING;
            case TRIALING -> SubscriptionStatus.TRIALING;
            case ACTIVE -> SubscriptionStatus.ACTIVE;
            case PAST_DUE -> SubscriptionStatus.PAST_DUE;
            case UNPAID -> SubscriptionStatus.UNPAID;
            case PAUSED -> SubscriptionStatus.PAUSED;
            case CANCELED -> SubscriptionStatus.CANCELED;
            case EXPIRED -> SubscriptionStatus.EXPIRED;
        };
    }

    static InvoiceReason reason(Fact.InvoiceReason reason) {
        return switch (reason) {
            case OTHER -> InvoiceReason.OTHER;
            case FIRST -> InvoiceReason.FIRST;
            case RENEWAL -> InvoiceReason.RENEWAL;
            case SWITCH -> InvoiceReason.SWITCH;
            case MANUAL -> InvoiceReason.MANUAL;
            case SHARED -> InvoiceReason.SHARED;
            case UNPRICED -> InvoiceReason.UNPRICED;
            case IMPORTED -> InvoiceReason.IMPORTED;
        };
    }

    static PayerWord payerWord(Word word) {
        return switch (word) {
            case ORDER -> PayerWord.ORDER;
            case SUBJECT -> PayerWord.SUBJECT;
            case PRODUCT -> PayerWord.PRODUCT;
            case REFERENCE -> PayerWord.REFERENCE;
            case SKU -> PayerWord.SKU;
            case TRIAL -> PayerWord.TRIAL;
        };
    }

    static LinkKind link(Fact.LinkKind kind) {
        return switch (kind) {
            case PAYS -> LinkKind.PAYS;
            case PAID_BY -> LinkKind.PAID_BY;
        };
    }
}
