package ipn.processor.payment;

import ipn.fact.Fact;
import ipn.fact.Version;
import java.time.Instant;
import java.util.Comparator;

/**
 * The newest statement about one fact. Joining keeps the higher version, whichever side it is on, and the earliest time
 * the fact was ever told for.
 *
 * @param firstAt earliest occurred-at of any statement about this fact, by the gateway's clock
 */
public record VersionedFact(Version version, Instant firstAt, Fact fact) {

    /** Equal versions tell equal facts, unless an event key lied; even then any two have one winner. */
    private static final Comparator<VersionedFact> NEWER =
            Comparator.comparing(VersionedFact::version).thenComparing(known -> known.fact.toString());

    public static VersionedFact of(Version version, Fact fact) {
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
