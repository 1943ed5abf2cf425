package ipn.app.kill;

import ipn.app.kill.Purchase.Sent;
import ipn.avro.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens to one purchase, what its user has, and what the new settings change of it. Written down when the traffic is planned, so that it
 * shares nothing with the code under test.
 *
 * @param stateKey subject, entitlement and scope
 * @param deliveries what gateways send before the settings change
 * @param late what gateways send after that, and that changes nobody
 * @param order what its checkout expects; empty: none
 * @param before access with the old settings, as {@code ipn policy diff} writes it
 * @param after access once the new settings are applied
 * @param money of the payments behind a change, minor units by currency
 * @param opens how many discrepancies open when the new settings are applied
 * @param closes how many close
 * @param moved by what applying changes the accounts of the ledger; empty: nothing is booked
 */
record PlannedPurchase(
        String stateKey,
        List<Sent> deliveries,
        List<Sent> late,
        Optional<Order> order,
        String before,
        String after,
        Map<String, Long> money,
        int opens,
        int closes,
        Optional<Map<String, Long>> moved) {
    /** Without access. */
    static final String NONE = "none";

    /** How access changes, as {@code ipn policy diff} writes it; empty: it does not. */
    Optional<String> change() {
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (isOpen(before)) {
            return Optional.of(isOpen(after) ? "CHANGES" : "LOSES");
        }
        return Optional.of(isOpen(after) ? "GAINS" : "WITHOUT_ACCESS");
    }

    /** Whether the brake counts the change: access that the last event gives ends, or ends earlier. */
    boolean takesAccess() {
        return change().filter(change -> change.equals("LOSES")).isPresent()
                || before.startsWith("GRACE") && after.startsWith("GRACE");
    }

    /** What the user is notified of when the new settings are applied. */
    List<String> notified() {
        return change().map(change -> switch (change) {
                    case "GAINS" -> List.of("RECEIPT");
                    case "LOSES" -> List.of("ACCESS_ENDED");
                    default -> takesAccess() ? List.of("ACCESS_ENDING") : List.<String>of();
                })
                .orElse(List.of());
    }

    String subject() {
        return stateKey.split("/", -1)[0];
    }

    private static boolean isOpen(String access) {
        return access.startsWith("ACTIVE") || access.startsWith("GRACE");
    }
}
