package ipn.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What would change if settings were applied to what was paid before. Its lists are on disk, and are deleted when it is closed; sums and counts
 * are in memory.
 */
public final class PolicyDiffReport implements AutoCloseable {
    private final Examined examined;
    private final SpilledChanges changes;
    private final Map<Kind, Long> users = new EnumMap<>(Kind.class);
    private final Map<Kind, TreeMap<String, Long>> money = new EnumMap<>(Kind.class);
    private final String digest;
    private long opening;
    private long closing;

    /** How access changes; without access before and after, only the end, the product or the reason does. */
    public enum Kind {
        GAINS,
        LOSES,
        CHANGES,
        WITHOUT_ACCESS
    }

    /**
     * What was matched again.
     *
     * @param version of the settings
     * @param since from when on they would judge; empty: since ever
     * @param payments matched again
     * @param orders matched again
     * @param replaced states that a running projector replaced while they were read, and that are missing here
     */
    public record Examined(String version, Optional<String> since, long payments, long orders, long replaced) {}

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

    /** @param changes to be closed with the report */
    PolicyDiffReport(Examined examined, SpilledChanges changes) {
        this.examined = examined;
        this.changes = changes;
        this.digest = count();
    }

    /** Adds everything up, and returns the digest. */
    private String count() {
        var sha = sha256();
        add(sha, examined.version());
        add(sha, examined.since().orElse(""));
        changes.users(user -> {
            users.merge(user.kind(), 1L, Long::sum);
            var sums = money.computeIfAbsent(user.kind(), kind -> new TreeMap<>());
            user.money().forEach((currency, amount) -> sums.merge(currency, amount, Math::addExact));
            return add(sha, user.line());
        });
        changes.opening(each -> {
            opening++;
            return add(sha, "open\t" + each.line());
        });
        changes.closing(each -> {
            closing++;
            return add(sha, "close\t" + each.line());
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private static boolean add(MessageDigest sha, String line) {
        sha.update((line + "\n").getBytes(UTF_8));
        return true;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public Examined examined() {
        return examined;
    }

    /** Users whose access would change, sorted by kind and user, until the receiver returns false. */
    public void users(Predicate<UserChange> receiver) {
        changes.users(receiver);
    }

    /** Discrepancies that would open, sorted, until the receiver returns false. */
    public void opening(Predicate<DiscrepancyChange> receiver) {
        changes.opening(receiver);
    }

    /** Discrepancies that would close, sorted, until the receiver returns false. */
    public void closing(Predicate<DiscrepancyChange> receiver) {
        changes.closing(receiver);
    }

    public long count(Kind kind) {
        return users.getOrDefault(kind, 0L);
    }

    /** How many users change. */
    public long users() {
        return users.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many discrepancies would open. */
    public long opening() {
        return opening;
    }

    /** How many discrepancies would close. */
    public long closing() {
        return closing;
    }

    /** Minor units by currency, of the payments behind all changes of a kind. */
    public Map<String, Long> money(Kind kind) {
        return money.getOrDefault(kind, new TreeMap<>());
    }

    /** Whether anything would change. */
    public boolean isEmpty() {
        return users.isEmpty() && opening == 0 && closing == 0;
    }

    /** SHA-256 of all changes: equal for equal changes, whenever they are computed. */
    public String digest() {
        return digest;
    }

    @Override
    public void close() {
        changes.close();
    }
}
