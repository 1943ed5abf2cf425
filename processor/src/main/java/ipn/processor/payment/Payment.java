package ipn.processor.payment;

import ipn.fact.Version;
import ipn.gateway.Notification;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything heard about one payment key. {@link #join} is commutative, associative and idempotent, so any order and any
 * repetition of the same notifications ends in the same payment.
 *
 * @param facts the newest statement about each fact
 * @param heard the newest events, newest first, at most {@value #HEARD_MAX}; an older one that comes again is joined again,
 *     which changes nothing
 */
public record Payment(SortedMap<FactKey, Known> facts, List<Heard> heard) {
    public static final int HEARD_MAX = 256;
    public static final Payment NOTHING = new Payment(Collections.emptySortedMap(), List.of());

    public Payment {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        heard = List.copyOf(heard);
    }

    /** What one notification alone says. */
    public static Payment of(String eventKey, Notification notification) {
        var version = new Version(notification.occurredAt(), notification.sequence(), eventKey);
        var facts = new TreeMap<FactKey, Known>();
        notification.facts().forEach(fact -> facts.merge(FactKey.of(fact), Known.of(version, fact), Known::join));
        return new Payment(facts, List.of(new Heard(notification.occurredAt(), eventKey, notification.fingerprint())));
    }

    public Payment join(Payment other) {
        var joined = new TreeMap<>(facts);
        other.facts.forEach((key, known) -> joined.merge(key, known, Known::join));
        return new Payment(joined, newest(heard, other.heard));
    }

    /** The story an event key told before; empty where it was not heard, or so long ago that it is forgotten. */
    public Optional<String> storyOf(String eventKey) {
        return heard.stream()
                .filter(event -> event.eventKey().equals(eventKey))
                .map(Heard::story)
                .findFirst();
    }

    private static List<Heard> newest(Collection<Heard> some, Collection<Heard> others) {
        var keys = new HashSet<String>();
        return Stream.concat(some.stream(), others.stream())
                .sorted()
                .filter(event -> keys.add(event.eventKey()))
                .limit(HEARD_MAX)
                .toList();
    }
}
