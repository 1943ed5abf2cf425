package ipn.operations.explain.evidence;

import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.key.EntitlementKey;
import ipn.key.SubjectId;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.Lookup;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.AuthorizationException;

/** Reads the records of a subject from its partitions: entitlement events, entitlements and claims. */
record SubjectRecords(Sources sources, String subject) {

    /** All entitlement events that still exist, oldest first. */
    List<EntitlementEvent> events() {
        var events = new ArrayList<EntitlementEvent>();
        sources.find(
                sources.all(TopicCatalogue.ENTITLEMENTS).keys(Set.of(subject)),
                EntitlementEvent.class,
                subject::equals,
                (record, key, event) -> events.add(Objects.requireNonNull(event, "events are never deleted")));
        return events;
    }

    /** The entitlements as they are now, ended ones included. */
    List<Entitlement> states() {
        return newest(sources.all(TopicCatalogue.ENTITLEMENT_STATE), Entitlement.class);
    }

    /**
     * The claims to each entitlement now.
     *
     * @param changelog name of the changelog of the projector's store of claims
     * @return empty if the changelog does not exist or may not be read
     */
    Optional<List<EntitlementClaims>> claims(String changelog) {
        try {
            return Optional.of(newest(Lookup.of("entitlement-claims", changelog), EntitlementClaims.class));
        } catch (OperationFailedException | AuthorizationException e) {
            return Optional.empty();
        }
    }

    private <T extends SpecificRecord> List<T> newest(Lookup all, Class<T> type) {
        var newest = new TreeMap<String, T>();
        var prefix = EntitlementKey.prefix(new SubjectId(subject));
        var lookup = all.inPartitionsOf(Set.of(subject)).any(Lookup.SUBJECT, Set.of(subject));
        sources.find(lookup, type, key -> key.startsWith(prefix), (record, key, value) -> {
            if (value == null) {
                newest.remove(key);
            } else {
                newest.put(key, value);
            }
        });
        return List.copyOf(newest.values());
    }
}
