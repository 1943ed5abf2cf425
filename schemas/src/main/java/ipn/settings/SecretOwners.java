package ipn.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds secrets that two owners use. Whoever knows such a secret can act for both, and what is signed for one of them is authentic for the
 * other. Not thread-safe.
 */
final class SecretOwners {
    /** A secret that was read, for an account or another single purpose. */
    private record Use(String owner, Secret secret) {}

    private final List<Use> uses = new ArrayList<>();

    /** Adds a problem if another owner has a secret of the same value; secrets written in the settings are known to all who test. */
    void add(String owner, String key, Secret secret, Problems problems) {
        uses.stream()
                .filter(use -> !overlap(use.owner(), owner)
                        && use.secret().text().equals(secret.text())
                        && !(use.secret().isWrittenInSettings() && secret.isWrittenInSettings()))
                .findFirst()
                .ifPresent(use -> problems.add(
                        key,
                        "%s is also a secret of %s, there %s"
                                .formatted(
                                        secret.id(), use.owner(), use.secret().id()),
                        "a secret of its own; merchants that have one secret in common are one account"));
        uses.add(new Use(owner, secret));
    }

    /** Whether they are the same, or one is a key of the other: it was read without naming the owner. */
    private static boolean overlap(String one, String other) {
        return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
    }
}
