package ipn.projector.deadletter;

import ipn.avro.RawHeader;
import ipn.avro.SourceRecord;
import ipn.key.Sha256;
import ipn.topics.ByteLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record of Kafka as the source record of a dead letter. */
public final class SourceRecords {
    private SourceRecords() {}

    /** The record whole, or the first bytes of one that is larger than a record may be. */
    public static SourceRecord from(Record<byte @Nullable [], byte @Nullable []> record) {
        return bytes(record) <= ByteLimits.WHOLE_RECORD ? whole(record) : excerpt(record);
    }

    /** Bytes of key, value and headers. */
    public static long bytes(Record<byte @Nullable [], byte @Nullable []> record) {
        var bytes = length(record.key()) + length(record.value());
        for (var header : record.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static SourceRecord whole(Record<byte @Nullable [], byte @Nullable []> record) {
        var headers = new ArrayList<RawHeader>();
        record.headers()
                .forEach(header -> headers.add(new RawHeader(header.key(), ByteBuffers.buffer(header.value()))));
        return SourceRecord.newBuilder()
                .setKey(ByteBuffers.buffer(record.key()))
                .setValue(ByteBuffers.buffer(record.value()))
                .setTimestamp(Instant.ofEpochMilli(record.timestamp()))
                .setHeaders(headers)
                .build();
    }

    private static SourceRecord excerpt(Record<byte @Nullable [], byte @Nullable []> record) {
        return SourceRecord.newBuilder()
                .setKey(ByteBuffers.excerpt(record.key()))
                .setValue(ByteBuffers.excerpt(record.value()))
                .setSha256(Sha256.hex(record.value() == null ? new byte[0] : record.value()))
                .setTimestamp(Instant.ofEpochMilli(record.timestamp()))
                .setHeaders(List.of())
                .build();
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
