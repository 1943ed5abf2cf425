package ipn.processor.payment;

import ipn.avro.FactKind;
import ipn.fact.Version;
import ipn.gateway.Notification;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything known about one payment key. {@link #join} is commutative, associative and idempotent, so any order and any
 * repetition of the same notifications ends in the same payment.
 *
 * @param facts the newest version of each fact
 * @param seen the newest events, newest first, at most {@value #SEEN_MAX}; a redelivery of an older one is joined
 *     again, which changes nothing
 */
public record Payment(SortedMap<FactKey, VersionedFact> facts, List<SeenEvent> seen) {
    public static final int SEEN_MAX = 256;
    /** Attempts of one payment that are kept. */
    static final int ATTEMPTS_MAX = 64;

    public static final Payment NOTHING = new Payment(Collections.emptySortedMap(), List.of());

    public Payment {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        seen = List.copyOf(seen);
    }

    /** The facts of one notification alone. */
    public static Payment from(String eventKey, Notification notification) {
        var version = new Version(notification.occurredAt(), notification.sequence(), eventKey);
        var facts = new TreeMap<FactKey, VersionedFact>();
        notification
                .facts()
                .forEach(
                        fact -> facts.merge(FactKey.of(fact), VersionedFact.first(version, fact), VersionedFact::join));
        return new Payment(
                facts, List.of(new SeenEvent(notification.occurredAt(), eventKey, notification.fingerprint())));
    }

    /** The same without facts of other keys; the events that it has seen stay. */
    Payment only(Predicate<FactKey> which) {
        var some = new TreeMap<>(facts);
        some.keySet().removeIf(which.negate());
        return new Payment(some, seen);
    }

    public Payment join(Payment other) {
        var joined = new TreeMap<>(facts);
        other.facts.forEach((key, known) -> joined.merge(key, known, VersionedFact::join));
        dropOldAttempts(joined);
        return new Payment(joined, newest(seen, other.seen));
    }

    /** Failed attempts prove nothing and cost nothing: only the newest are kept. The newest of a union do not depend on its order. */
    private static void dropOldAttempts(SortedMap<FactKey, VersionedFact> facts) {
        facts.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == FactKind.ATTEMPT)
                .sorted(Map.Entry.<FactKey, VersionedFact>comparingByValue(Comparator.comparing(VersionedFact::version))
                        .thenComparing(Map.Entry.comparingByKey())
                        .reversed())
                .skip(ATTEMPTS_MAX)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(facts::remove);
    }

    /** The fingerprint of an event key seen before; empty where it was not seen, or is no longer among the newest. */
    public Optional<String> fingerprintOf(String eventKey) {
        return seen.stream()
                .filter(event -> event.eventKey().equals(eventKey))
                .map(SeenEvent::fingerprint)
                .findFirst();
    }

    private static List<SeenEvent> newest(Collection<SeenEvent> some, Collection<SeenEvent> others) {
        var keys = new HashSet<String>();
        return Stream.concat(some.stream(), others.stream())
                .sorted()
                .filter(event -> keys.add(event.eventKey()))
                .limit(SEEN_MAX)
                .toList();
    }
}
