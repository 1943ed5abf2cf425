package ipn.bench.measure;

import ipn.avro.EntitlementEvent;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that no entitlement event is lost or repeated: a committed reader reads the revisions 1, 2, 3 ... of each entitlement.
 *
 * @param newest revision of each entitlement
 * @param gaps each revision that does not follow the one before it, as text
 */
public record Revisions(Map<String, Long> newest, List<String> gaps) {
    public Revisions {
        newest = Map.copyOf(newest);
        gaps = List.copyOf(gaps);
    }

    /** Each revision that does not follow the revision before it, as text. */
    public static List<String> gaps(KafkaSettings kafka) {
        return read(kafka, CommittedRecords.ofAll(kafka)).gaps();
    }

    /** @param records those of entitlements that have no earlier events */
    public static Revisions read(KafkaSettings kafka, CommittedRecords records) {
        var values = kafka.serdes().deserializer(EntitlementEvent.class);
        var newest = new HashMap<String, Long>();
        var gaps = new ArrayList<String>();
        records.read(TopicCatalogue.ENTITLEMENTS, record -> {
            var event = values.deserialize(record.topic(), record.value());
            var entitlement = entitlement(event);
            var before = newest.getOrDefault(entitlement, 0L);
            if (event.getRevision() != before + 1) {
                gaps.add("%s: revision %s after %s (expected: each revision once, in order)"
                        .formatted(entitlement, Long.toString(event.getRevision()), Long.toString(before)));
            }
            newest.put(entitlement, event.getRevision());
        });
        return new Revisions(newest, gaps);
    }

    /** Subject, entitlement and scope of an event. */
    public static String entitlement(EntitlementEvent event) {
        return event.getEventId().substring(0, event.getEventId().lastIndexOf('/'));
    }
}
