package ipn.projector.deadletter;

import ipn.avro.RawHeader;
import ipn.avro.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record of Kafka as the source record of a dead letter. */
public final class SourceRecords {
    private SourceRecords() {}

    public static SourceRecord from(Record<byte @Nullable [], byte @Nullable []> record) {
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
}
