package ipn.operations.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.WithheldRevocation;
import ipn.key.EntitlementKey;
import ipn.key.SubjectId;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Finds the entitlements of a subject and their history. */
public final class EntitlementQuery {
    private final RecordSource source;

    public EntitlementQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this(RecordSource.topics(kafka, serdes));
    }

    public EntitlementQuery(RecordSource source) {
        this.source = source;
    }

    /**
     * The entitlements of a subject.
     *
     * @param current the newest event of each entitlement and scope, ended ones included, sorted by key
     * @param withheld revocations of them that the brake withholds, in the same order
     * @param history entitlement events that retention has kept, the newest first, up to a limit
     */
    public record Access(
            String subject, List<EntitlementEvent> current, List<Withheld> withheld, List<EntitlementEvent> history) {
        public Access {
            current = List.copyOf(current);
            withheld = List.copyOf(withheld);
            history = List.copyOf(history);
        }
    }

    /**
     * A revocation that the brake withholds. Until it is released, the last event counts.
     *
     * @param eventId id of the last event
     */
    public record Withheld(String eventId, WithheldRevocation revocation) {}

    /** @param historyMax maximum number of events */
    public Access find(String subject, int historyMax) {
        try (var reader = source.open();
                var states = source.serdes().deserializer(Entitlement.class);
                var events = source.serdes().deserializer(EntitlementEvent.class)) {
            var current = current(reader, subject, states);
            return new Access(
                    subject,
                    current.stream().map(Entitlement::getLast).toList(),
                    current.stream()
                            .filter(state -> state.getWithheld() != null)
                            .map(state -> new Withheld(state.getLast().getEventId(), state.getWithheld()))
                            .toList(),
                    history(reader, subject, historyMax, events));
        }
    }

    /** Keys begin with the subject, and records are in the partition of the subject alone, as its events are. */
    private List<Entitlement> current(TopicReader reader, String subject, Deserializer<Entitlement> values) {
        var prefix = EntitlementKey.prefix(new SubjectId(subject)).getBytes(UTF_8);
        var newest = new TreeMap<String, ConsumerRecord<byte[], byte[]>>();
        var subjects = List.of(subject);
        var lookup = source.all(TopicCatalogue.ENTITLEMENT_STATE)
                .inPartitionsOf(subjects)
                .any(Lookup.SUBJECT, subjects);
        reader.find(lookup, Progress.SILENT, record -> {
            if (record.key() != null && startsWith(record.key(), prefix)) {
                var key = new String(record.key(), UTF_8);
                if (record.value() == null) {
                    newest.remove(key);
                } else {
                    newest.put(key, record);
                }
            }
        });
        return newest.values().stream()
                .flatMap(record -> AvroValues.read(record, values).stream())
                .toList();
    }

    private List<EntitlementEvent> history(
            TopicReader reader, String subject, int limit, Deserializer<EntitlementEvent> values) {
        if (limit == 0) {
            return List.of();
        }
        var newest = new NewestRecords(subject.getBytes(UTF_8), limit);
        var lookup =
                source.all(TopicCatalogue.ENTITLEMENTS).keys(List.of(subject)).newest(limit);
        reader.find(lookup, Progress.SILENT, newest);
        return newest.records().stream()
                .flatMap(record -> AvroValues.read(record, values).stream())
                .toList();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
