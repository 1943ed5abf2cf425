package ipn.app.policy;

import ipn.key.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What would change if settings were applied to what was paid before.
 *
 * @param version of the settings
 * @param since from when on they would judge; empty: since ever
 * @param payments matched again
 * @param orders matched again
 * @param users whose access would change, sorted
 * @param opening discrepancies that would open, sorted
 * @param closing discrepancies that would close, sorted
 * @param replaced states that a running projector replaced while they were read, and that are missing here
 */
public record PolicyDiffReport(
        String version,
        Optional<String> since,
        long payments,
        long orders,
        List<UserChange> users,
        List<DiscrepancyChange> opening,
        List<DiscrepancyChange> closing,
        long replaced) {
    /** How access changes. */
    public enum Kind {
        GAINS,
        LOSES,
        CHANGES
    }

    /**
     * A user whose access would change.
     *
     * @param scope empty where the entitlement has none
     * @param why the discrepancy that opens or closes, or the product and the version that judge
     * @param money of the payments behind it, minor units by currency
     */
    public record UserChange(
            Kind kind,
            String user,
            String entitlement,
            String scope,
            String before,
            String after,
            String why,
            Map<String, Long> money,
            List<String> payments) {
        public UserChange {
            money = new TreeMap<>(money);
        }

        private String line() {
            return String.join(
                    "\t",
                    kind.name(),
                    user,
                    entitlement,
                    scope,
                    before,
                    after,
                    why,
                    money.toString(),
                    payments.toString());
        }
    }

    /** A discrepancy that would open or close. */
    public record DiscrepancyChange(String id, String expected, String actual) {
        private String line() {
            return String.join("\t", id, expected, actual);
        }
    }

    public long count(Kind kind) {
        return users.stream().filter(user -> user.kind() == kind).count();
    }

    /** Minor units by currency, of the payments behind all changes of a kind. */
    public Map<String, Long> money(Kind kind) {
        var sums = new TreeMap<String, Long>();
        users.stream()
                .filter(user -> user.kind() == kind)
                .forEach(user ->
                        user.money().forEach((currency, amount) -> sums.merge(currency, amount, Math::addExact)));
        return sums;
    }

    /** Whether anything would change. */
    public boolean isEmpty() {
        return users.isEmpty() && opening.isEmpty() && closing.isEmpty();
    }

    /** SHA-256 of all changes: equal for equal changes, whenever they are computed. */
    public String digest() {
        var text = new StringBuilder(version + "\n" + since.orElse("") + "\n");
        users.forEach(user -> text.append(user.line()).append('\n'));
        opening.forEach(each -> text.append("open\t").append(each.line()).append('\n'));
        closing.forEach(each -> text.append("close\t").append(each.line()).append('\n'));
        return Sha256.hex(text.toString());
    }
}
