package ipn.key;

import ipn.avro.Claim;
import ipn.avro.EntitlementEvent;
import java.util.Optional;

/**
 * Which entitlement of which subject. Written {@code subject/entitlement}, with {@code /scope} where it has one: the record key of
 * {@code ipn.entitlement-state}. Slashes within a part are percent-encoded.
 *
 * @param scope an empty text is no scope
 */
public record EntitlementKey(SubjectId subject, String entitlement, Optional<String> scope) {

    public EntitlementKey {
        scope = scope.filter(name -> !name.isEmpty());
    }

    /** A key as it was written; empty if it is not in the format. */
    public static Optional<EntitlementKey> parse(String text) {
        var parts = text.split("/", -1);
        return parts.length == 2 || parts.length == 3
                ? Optional.of(new EntitlementKey(
                        new SubjectId(KeyFormat.decode(parts[0])),
                        KeyFormat.decode(parts[1]),
                        parts.length == 2 ? Optional.empty() : Optional.of(KeyFormat.decode(parts[2]))))
                : Optional.empty();
    }

    public static EntitlementKey of(Claim claim) {
        return of(claim.getSubject(), claim.getEntitlement(), Optional.ofNullable(claim.getScope()));
    }

    public static EntitlementKey of(EntitlementEvent event) {
        return of(event.getSubject(), event.getEntitlement(), Optional.ofNullable(event.getScope()));
    }

    private static EntitlementKey of(String subject, String entitlement, Optional<String> scope) {
        return new EntitlementKey(new SubjectId(subject), entitlement, scope);
    }

    /** What keys of a subject's entitlements begin with, and no others. */
    public static String prefix(SubjectId subject) {
        return KeyFormat.betweenSlashes(subject.value()) + "/";
    }

    /** Sorts, byte by byte, after all keys that begin with {@link #prefix}: {@code 0} comes right after the slash. */
    public static String afterAll(SubjectId subject) {
        return KeyFormat.betweenSlashes(subject.value()) + "0";
    }

    /** {@code subject/entitlement/scope/revision}, the scope empty where there is none. */
    public String eventId(long revision) {
        return prefix(subject)
                + KeyFormat.betweenSlashes(entitlement)
                + "/"
                + scope.map(KeyFormat::betweenSlashes).orElse("")
                + "/"
                + revision;
    }

    @Override
    public String toString() {
        return prefix(subject)
                + KeyFormat.betweenSlashes(entitlement)
                + scope.map(name -> "/" + KeyFormat.betweenSlashes(name)).orElse("");
    }
}
