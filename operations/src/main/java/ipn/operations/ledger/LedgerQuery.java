package ipn.operations.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.LedgerEntry;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the ledger. */
public final class LedgerQuery {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public LedgerQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * Adds up all entries that retention has kept.
     *
     * @throws OperationFailedException if an entry cannot be read, because its amounts would be missing
     */
    public TrialBalance balance(TrialBalance.Choice choice, Progress progress) {
        var tally = new TrialBalanceBuilder(choice);
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(LedgerEntry.class)) {
            var topic = kafka.topics().name(TopicCatalogue.LEDGER);
            reader.read(
                    reader.all(topic),
                    "reading " + topic,
                    progress,
                    record -> tally.add(entry(record, values), Position.of(record)));
        }
        return tally.result();
    }

    /** The entries of a payment key or an order id, oldest first. */
    public List<LedgerEntry> show(String key) {
        var bytes = key.getBytes(UTF_8);
        var entries = new ArrayList<LedgerEntry>();
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(LedgerEntry.class)) {
            var topic = kafka.topics().name(TopicCatalogue.LEDGER);
            var partition = reader.partitionOf(topic, bytes);
            reader.read(reader.all(List.of(partition)), "reading " + topic, Progress.SILENT, record -> {
                if (Arrays.equals(bytes, record.key())) {
                    entries.add(entry(record, values));
                }
            });
        }
        return entries;
    }

    private static LedgerEntry entry(ConsumerRecord<byte[], byte[]> record, Deserializer<LedgerEntry> values) {
        if (record.value() == null) {
            throw unreadable(record, "it is empty", null);
        }
        try {
            return values.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            throw unreadable(record, String.valueOf(e.getMessage()), e);
        }
    }

    private static OperationFailedException unreadable(
            ConsumerRecord<byte[], byte[]> record, String why, @Nullable Throwable cause) {
        return new OperationFailedException(
                Position.of(record) + ": cannot be read: " + why
                        + " (expected: a LedgerEntry, and a schema registry that knows its schema)",
                cause);
    }
}
