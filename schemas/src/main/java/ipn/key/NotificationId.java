package ipn.key;

import ipn.avro.NotificationKind;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which notification: the same whatever is replayed, so that a sender that remembers it notifies once. Written
 * {@code <kind>/<what it is about>}, then what distinguishes it from others about the same.
 */
public record NotificationId(NotificationKind kind, String about, String distinction) {

    /** One receipt a charge. */
    public static NotificationId receipt(ChargeKey charge) {
        return new NotificationId(NotificationKind.RECEIPT, charge.toString(), "");
    }

    /** @param refunded of the charge so far, minor units: one notification a sum */
    public static NotificationId refund(ChargeKey charge, long refunded) {
        return new NotificationId(NotificationKind.REFUND_MADE, charge.toString(), "/" + refunded);
    }

    /** @param time of the end that it is about: one notification an end */
    public static NotificationId access(NotificationKind kind, EntitlementKey entitlement, Optional<Instant> time) {
        return new NotificationId(
                kind, entitlement.toString(), "/" + time.map(Instant::toString).orElse(""));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "/" + about + distinction;
    }
}
