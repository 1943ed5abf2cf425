package ipn.key;

import ipn.avro.Claim;
import ipn.avro.EntitlementEvent;
import java.util.Optional;

/**
 * Which entitlement of which subject. Written {@code subject/entitlement}, with {@code /scope} where it has one: the record key of
 * {@code ipn.entitlement-state}.
 */
public record EntitlementKey(SubjectId subject, String entitlement, Optional<String> scope) {

    public static EntitlementKey of(Claim claim) {
        return of(claim.getSubject(), claim.getEntitlement(), Optional.ofNullable(claim.getScope()));
    }

    public static EntitlementKey of(EntitlementEvent event) {
        return of(event.getSubject(), event.getEntitlement(), Optional.ofNullable(event.getScope()));
    }

    private static EntitlementKey of(String subject, String entitlement, Optional<String> scope) {
        return new EntitlementKey(new SubjectId(subject), entitlement, scope);
    }

    /** What keys of a subject's entitlements begin with; keys of subjects whose ids go on after a slash begin with it too. */
    public static String prefix(SubjectId subject) {
        return subject + "/";
    }

    /** Sorts, byte by byte, after all keys that begin with {@link #prefix}: {@code 0} comes right after the slash. */
    public static String afterAll(SubjectId subject) {
        return subject + "0";
    }

    /** {@code subject/entitlement/scope/revision}, the scope empty where there is none. */
    public String eventId(long revision) {
        return prefix(subject) + entitlement + "/" + scope.orElse("") + "/" + revision;
    }

    @Override
    public String toString() {
        return prefix(subject) + entitlement + scope.map(name -> "/" + name).orElse("");
    }
}
