package ipn.processor.payment;

import ipn.fact.Fact;
import ipn.fact.Version;
import java.time.Instant;
import java.util.Comparator;

/**
 * A fact and its version. Joining keeps the higher version, whichever side it is on, and the earliest time at which
 * the fact was ever reported.
 *
 * @param firstAt earliest occurred-at of any version of this fact, by the gateway's clock
 */
public record VersionedFact(Version version, Instant firstAt, Fact fact) {

    /** Equal versions hold equal facts, unless one event key was used twice; even then any two have one winner. */
    private static final Comparator<VersionedFact> NEWER =
            Comparator.comparing(VersionedFact::version).thenComparing(each -> each.fact.toString());

    static VersionedFact first(Version version, Fact fact) {
        return new VersionedFact(version, version.occurredAt(), fact);
    }

    public VersionedFact join(VersionedFact other) {
        if (equals(other)) {
            return this;
        }
        var newer = NEWER.compare(this, other) >= 0 ? this : other;
        var first = firstAt.isBefore(other.firstAt) ? firstAt : other.firstAt;
        return first.equals(newer.firstAt) ? newer : new VersionedFact(newer.version, first, newer.fact);
    }
}
