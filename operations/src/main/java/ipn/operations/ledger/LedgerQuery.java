package ipn.operations.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.LedgerEntry;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
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
    private final RecordSource source;

    public LedgerQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this(RecordSource.topics(kafka, serdes));
    }

    public LedgerQuery(RecordSource source) {
        this.source = source;
    }

    /**
     * Adds up all entries that retention has kept.
     *
     * @throws OperationFailedException if an entry cannot be read, because its amounts would be missing
     */
    public TrialBalance balance(TrialBalance.Choice choice, Progress progress) {
        var tally = new TrialBalanceBuilder(choice);
        try (var reader = source.open();
                var values = source.serdes().deserializer(LedgerEntry.class)) {
            reader.find(
                    source.all(TopicCatalogue.LEDGER),
                    progress,
                    record -> tally.add(entry(record, values), Position.of(record)));
        }
        return tally.result();
    }

    /** The entries of a payment key or an order id, oldest first. */
    public List<LedgerEntry> show(String key) {
        var bytes = key.getBytes(UTF_8);
        var entries = new ArrayList<LedgerEntry>();
        try (var reader = source.open();
                var values = source.serdes().deserializer(LedgerEntry.class)) {
            reader.find(source.all(TopicCatalogue.LEDGER).keys(List.of(key)), Progress.SILENT, record -> {
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
