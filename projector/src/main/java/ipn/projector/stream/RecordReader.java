package ipn.projector.stream;

import ipn.avro.RecordPosition;
import ipn.projector.deadletter.SourceRecords;
import ipn.serde.UntrustedValues;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys and values that anybody may have written.
 *
 * @param bytesMax of key, value and headers; a larger record is not read
 */
record RecordReader<T extends SpecificRecord>(Deserializer<T> values, int bytesMax) {

    /** The key as text; empty if there is none, or it is not UTF-8. */
    static Optional<String> key(byte @Nullable [] key) {
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

    /**
     * The value; empty if there is none, or it cannot be read. While the schema registry is unavailable it throws: the value may be
     * right, and is read again when the registry answers.
     */
    Optional<T> value(String topic, Record<byte @Nullable [], byte @Nullable []> record) {
        return SourceRecords.bytes(record) > bytesMax
                ? Optional.empty()
                : UntrustedValues.read(values, topic, record.value());
    }

    /** Position of the record that a node has received. */
    static RecordPosition position(ProcessingContext context) {
        var at = context.recordMetadata().orElseThrow();
        return new RecordPosition(at.topic(), at.partition(), at.offset());
    }
}
