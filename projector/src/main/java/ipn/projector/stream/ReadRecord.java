package ipn.projector.stream;

import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.DeadLetterMeter;
import ipn.topics.ByteLimits;
import ipn.topics.Reason;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a topic of ours. Whoever can write to the topic can write anything: what is not as a stage writes it becomes a
 * dead letter, and the stage goes on.
 */
public final class ReadRecord<T extends SpecificRecord>
        extends ContextualProcessor<byte @Nullable [], byte @Nullable [], Object, Object> {
    private final RecordReader<T> reader;
    private final String schema;
    private final String deadLetters;
    private final List<String> receivers;
    private final DeadLetterMeter meter;

    /**
     * @param schema of the values, for people
     * @param deadLetters name of the sink of dead letters
     * @param receivers names of the nodes that get what was read
     */
    public ReadRecord(
            Deserializer<T> values, String schema, String deadLetters, List<String> receivers, DeadLetterMeter meter) {
        this.meter = meter;
        this.reader = new RecordReader<>(values, ByteLimits.LARGEST_RECORD);
        this.schema = schema;
        this.deadLetters = deadLetters;
        this.receivers = List.copyOf(receivers);
    }

    @Override
    public void process(Record<byte @Nullable [], byte @Nullable []> record) {
        var key = RecordReader.key(record.key());
        if (key.isEmpty()) {
            reject(record, Reason.INVALID_ID, "record key: not UTF-8 text (expected: as a stage writes it)");
            return;
        }
        var value = reader.value(RecordReader.position(context()).getTopic(), record);
        if (value.isEmpty()) {
            reject(record, Reason.MALFORMED, "value: no %s in Avro (expected: as a stage writes it)".formatted(schema));
            return;
        }
        for (var receiver : receivers) {
            context().forward(new Record<>(key.get(), value.get(), record.timestamp(), record.headers()), receiver);
        }
    }

    private void reject(Record<byte @Nullable [], byte @Nullable []> record, Reason reason, String detail) {
        var at = RecordReader.position(context());
        context().forward(DeadLetter.reject(at, record, reason, detail, at.getTopic()), deadLetters);
        meter.count(reason);
    }
}
