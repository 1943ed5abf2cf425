package ipn.projector.stream;

import ipn.avro.RecordPosition;
import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.Failure;
import ipn.projector.deadletter.SourceRecords;
import ipn.serde.RegistryFailure;
import ipn.topics.ByteLimits;
import ipn.topics.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private static final String STAGE = "projector";

    private final Deserializer<T> values;
    private final String schema;
    private final String deadLetters;
    private final List<String> receivers;

    /**
     * @param schema of the values, for people
     * @param deadLetters name of the sink of dead letters
     * @param receivers names of the nodes that get what was read
     */
    public ReadRecord(Deserializer<T> values, String schema, String deadLetters, List<String> receivers) {
        this.values = values;
        this.schema = schema;
        this.deadLetters = deadLetters;
        this.receivers = List.copyOf(receivers);
    }

    @Override
    public void process(Record<byte @Nullable [], byte @Nullable []> record) {
        var key = key(record.key());
        if (key.isEmpty()) {
            reject(record, Reason.INVALID_ID, "record key: not UTF-8 text (expected: as a stage writes it)");
            return;
        }
        var value = value(record);
        if (value.isEmpty()) {
            reject(record, Reason.MALFORMED, "value: no %s in Avro (expected: as a stage writes it)".formatted(schema));
            return;
        }
        for (var receiver : receivers) {
            context().forward(new Record<>(key.get(), value.get(), record.timestamp(), record.headers()), receiver);
        }
    }

    private Optional<T> value(Record<byte @Nullable [], byte @Nullable []> record) {
        if (record.value() == null || SourceRecords.bytes(record) > ByteLimits.LARGEST_RECORD) {
            return Optional.empty();
        }
        try {
            return Optional.of(values.deserialize(topic(), record.value()));
        } catch (RuntimeException | StackOverflowError e) { // Avro throws many types for broken bytes
            if (RegistryFailure.isUnavailable(e)) {
                throw e; // the record may be right: it is read again when the registry answers
            }
            return Optional.empty();
        }
    }

    private static Optional<String> key(byte @Nullable [] key) {
        try {
            return key == null
                    ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(key))
                            .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void reject(Record<byte @Nullable [], byte @Nullable []> record, Reason reason, String detail) {
        var at = context().recordMetadata().orElseThrow();
        var failure = new Failure(
                STAGE,
                reason,
                Optional.of(detail),
                at.topic(),
                new RecordPosition(at.topic(), at.partition(), at.offset()),
                Instant.ofEpochMilli(record.timestamp()));
        context().forward(DeadLetter.emit(failure, SourceRecords.from(record), record.timestamp()), deadLetters);
    }

    private String topic() {
        return context().recordMetadata().orElseThrow().topic();
    }
}
