package ipn.gateway.apple;

import ipn.gateway.AccountId;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * One notification about a transaction, opened.
 *
 * @param type with its subtype
 * @param occurredAt when Apple signed it
 * @param data what stands beside the two tokens inside
 * @param transaction absent where only a renewal is told of
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

    /** What stands in the transaction and has to. */
    JsonField bought(String name) {
        return transaction.at(name).required();
    }

    String transactionId() {
        return bought("transactionId").id().orElseThrow();
    }

    /** The id under which everything about this purchase and its renewals meets. */
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

    /** Somebody in the buyer's family uses it too: that is another transaction, for which nobody pays. */
    boolean isShared() {
        return transaction
                .at("inAppOwnershipType")
                .glance()
                .filter("FAMILY_SHARED"::equals)
                .isPresent();
    }
}
