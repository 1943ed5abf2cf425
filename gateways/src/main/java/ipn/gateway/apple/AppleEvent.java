package ipn.gateway.apple;

import ipn.gateway.AccountId;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * A decoded notification about a transaction.
 *
 * @param type with its subtype
 * @param occurredAt when Apple signed it
 * @param data the object that contains the two inner tokens
 * @param transaction absent if the notification contains only a renewal
 * @param renewal absent for what does not renew
 * @param subject name of the field that names the subject
 */
record AppleEvent(
        String type,
        Instant occurredAt,
        JsonField data,
        JsonField transaction,
        JsonField renewal,
        AccountId account,
        String subject,
        Times times) {

    /** A required field of the transaction. */
    JsonField bought(String name) {
        return transaction.at(name).required();
    }

    String transactionId() {
        return bought("transactionId").id().orElseThrow();
    }

    /** The original transaction id, shared by a purchase and its renewals; it forms the payment key. */
    String originalId() {
        return transaction
                .at("originalTransactionId")
                .id()
                .or(() -> renewal.at("originalTransactionId").id())
                .orElseThrow(() -> new RefusedException(
                        Reason.MISSING_FIELD, transaction.pointer() + "/originalTransactionId: missing"));
    }

    String key() {
        return account.keyOf(originalId());
    }

    Optional<Instant> time(JsonField field) {
        return times.plannedMillis(field);
    }

    boolean isSubscription() {
        var kind = transaction.at("type").glance().orElse("");
        return kind.isEmpty() ? renewal.isPresent() : kind.equals("Auto-Renewable Subscription");
    }

    /** Family Sharing gives each family member a separate transaction without a payment. */
    boolean isShared() {
        return transaction
                .at("inAppOwnershipType")
                .glance()
                .filter("FAMILY_SHARED"::equals)
                .isPresent();
    }
}
