package ipn.operations.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.NotificationCommand;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;

/** Finds the notifications of a subject. */
public final class NotificationQuery {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public NotificationQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * Notifications that retention has kept, the newest first.
     *
     * @param limit maximum number
     */
    public List<NotificationCommand> find(String subject, int limit) {
        var topic = kafka.topics().name(TopicCatalogue.NOTIFICATIONS);
        var newest = new NewestRecords(subject.getBytes(UTF_8), limit);
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(NotificationCommand.class)) {
            var partition = reader.partitionOf(topic, subject.getBytes(UTF_8));
            reader.read(reader.all(List.of(partition)), "reading " + topic, Progress.SILENT, newest);
            return newest.records().stream()
                    .flatMap(record -> AvroValues.read(record, values).stream())
                    .toList();
        }
    }
}
