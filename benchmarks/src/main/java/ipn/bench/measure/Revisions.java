package ipn.bench.measure;

import ipn.avro.EntitlementEvent;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Checks that no entitlement event is lost or repeated: a committed reader reads the revisions 1, 2, 3 ... of each entitlement. */
public final class Revisions {
    private Revisions() {}

    /** Each revision that does not follow the revision before it, as text. */
    public static List<String> gaps(KafkaSettings kafka) {
        var values = kafka.serdes().deserializer(EntitlementEvent.class);
        var newest = new HashMap<String, Long>();
        var gaps = new ArrayList<String>();
        TopicRecords.readAll(kafka, kafka.topics().name(TopicCatalogue.ENTITLEMENTS), record -> {
            var event = values.deserialize(record.topic(), record.value());
            var entitlement = event.getEventId().substring(0, event.getEventId().lastIndexOf('/'));
            var before = newest.getOrDefault(entitlement, 0L);
            if (event.getRevision() != before + 1) {
                gaps.add("%s: revision %s after %s (expected: each revision once, in order)"
                        .formatted(entitlement, Long.toString(event.getRevision()), Long.toString(before)));
            }
            newest.put(entitlement, event.getRevision());
        });
        return gaps;
    }
}
