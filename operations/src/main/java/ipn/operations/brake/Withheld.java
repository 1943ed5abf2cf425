package ipn.operations.brake;

import ipn.avro.AccessReason;
import ipn.avro.Entitlement;
import ipn.avro.WithheldRevocation;
import ipn.key.PaymentKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the brake withholds, by where it comes from. */
public record Withheld(List<Group> groups) {
    public Withheld {
        groups = List.copyOf(groups);
    }

    /**
     * Revocations of one account with one reason.
     *
     * @param account {@code gateway/account} of the payments, or {@code decision} where a person granted the access
     * @param users how many subjects they concern
     * @param oldest since when the first of them is withheld
     * @param exampleUser whom the oldest concerns
     * @param examplePayment behind the oldest
     */
    public record Group(
            String account,
            AccessReason reason,
            String entitlement,
            long revocations,
            long users,
            Instant oldest,
            String exampleUser,
            String examplePayment) {}

    /** Groups entitlements, the largest group first; those of which nothing is withheld do not count. */
    static Withheld of(Collection<Entitlement> entitlements) {
        var counts = new HashMap<Key, Count>();
        for (var each : entitlements) {
            var withheld = each.getWithheld();
            if (withheld != null) {
                counts.computeIfAbsent(Key.of(each, withheld), first -> new Count())
                        .add(each.getLast().getSubject(), withheld);
            }
        }
        return new Withheld(counts.entrySet().stream()
                .map(each -> each.getValue().group(each.getKey()))
                .sorted(Comparator.comparing(Group::revocations)
                        .reversed()
                        .thenComparing(Group::account)
                        .thenComparing(Group::reason)
                        .thenComparing(Group::entitlement))
                .toList());
    }

    private record Key(String account, AccessReason reason, String entitlement) {
        static Key of(Entitlement entitlement, WithheldRevocation withheld) {
            return new Key(
                    PaymentKey.parse(withheld.getPaymentKey()).gatewayAccount(),
                    withheld.getReason(),
                    entitlement.getLast().getEntitlement());
        }
    }

    private static final class Count {
        private final Set<String> users = new HashSet<>();
        private long revocations;
        private Instant oldest = Instant.MAX;
        private String exampleUser = "";
        private String examplePayment = "";

        void add(String user, WithheldRevocation withheld) {
            revocations++;
            users.add(user);
            if (withheld.getSince().isBefore(oldest)) {
                oldest = withheld.getSince();
                exampleUser = user;
                examplePayment = withheld.getPaymentKey();
            }
        }

        Group group(Key key) {
            return new Group(
                    key.account(),
                    key.reason(),
                    key.entitlement(),
                    revocations,
                    users.size(),
                    oldest,
                    exampleUser,
                    examplePayment);
        }
    }
}
