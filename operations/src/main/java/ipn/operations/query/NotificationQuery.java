package ipn.operations.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.NotificationCommand;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;

/** Finds the notifications of a subject. */
public final class NotificationQuery {
    private final RecordSource source;

    public NotificationQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this(RecordSource.topics(kafka, serdes));
    }

    public NotificationQuery(RecordSource source) {
        this.source = source;
    }

    /**
     * Notifications that retention has kept, the newest first.
     *
     * @param limit maximum number
     */
    public List<NotificationCommand> find(String subject, int limit) {
        var newest = new NewestRecords(subject.getBytes(UTF_8), limit);
        var lookup =
                source.all(TopicCatalogue.NOTIFICATIONS).keys(List.of(subject)).newest(limit);
        try (var reader = source.open();
                var values = source.serdes().deserializer(NotificationCommand.class)) {
            reader.find(lookup, Progress.SILENT, newest);
            return newest.records().stream()
                    .flatMap(record -> AvroValues.read(record, values).stream())
                    .toList();
        }
    }
}
