package ipn.operations.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.WithheldRevocation;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;

/** What one subject may use, and how it came to that. */
public final class EntitlementQuery {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public EntitlementQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * One subject.
     *
     * @param current the newest event of each entitlement and scope, ended ones included, sorted by key
     * @param held revocations of them that the brake withholds, in the same order
     * @param history entitlement events, the newest first; as far as retention and the limit reach
     */
    public record Access(
            String subject, List<EntitlementEvent> current, List<Withheld> held, List<EntitlementEvent> history) {
        public Access {
            current = List.copyOf(current);
            held = List.copyOf(held);
            history = List.copyOf(history);
        }
    }

    /**
     * A revocation that the brake withholds: what was last told holds meanwhile.
     *
     * @param of the id of the event that holds
     */
    public record Withheld(String of, WithheldRevocation held) {}

    /** @param historyMax at most so many events */
    public Access of(String subject, int historyMax) {
        try (var reader = TopicReader.open(kafka);
                var states = serdes.deserializer(Entitlement.class);
                var events = serdes.deserializer(EntitlementEvent.class)) {
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

    /** Keys start with the subject, but records lie in the subject's partition: its events and its state go together. */
    private List<Entitlement> current(TopicReader reader, String subject, Deserializer<Entitlement> values) {
        var topic = kafka.topics().name(TopicCatalogue.ENTITLEMENT_STATE);
        var prefix = (subject + "/").getBytes(UTF_8);
        var newest = new TreeMap<String, byte[]>();
        var partition = reader.partitionOf(topic, subject.getBytes(UTF_8));
        reader.read(reader.all(List.of(partition)), "reading " + topic, Progress.SILENT, record -> {
            if (record.key() != null && startsWith(record.key(), prefix)) {
                var key = new String(record.key(), UTF_8);
                if (record.value() == null) {
                    newest.remove(key);
                } else {
                    newest.put(key, record.value());
                }
            }
        });
        // A subject may have a slash of its own: "a/b" is no entitlement of "a".
        return newest.values().stream()
                .map(bytes -> values.deserialize(topic, bytes))
                .filter(state -> state.getLast().getSubject().equals(subject))
                .toList();
    }

    private List<EntitlementEvent> history(
            TopicReader reader, String subject, int limit, Deserializer<EntitlementEvent> values) {
        var topic = kafka.topics().name(TopicCatalogue.ENTITLEMENTS);
        var newest = new NewestRecords(subject.getBytes(UTF_8), limit);
        var partition = reader.partitionOf(topic, subject.getBytes(UTF_8));
        reader.read(reader.all(List.of(partition)), "reading " + topic, Progress.SILENT, newest);
        return newest.records().stream()
                .map(record -> values.deserialize(topic, record.value()))
                .toList();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
