package ipn.bench.pipeline;

import ipn.bench.measure.TaggedBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The raw records of one round of the candidate, to be sent in rounds of the baseline: with the same sizes, and with the ids of that round.
 *
 * @param tag the part of each id that tells the round of the candidate
 */
record RawRecords(List<ConsumerRecord<byte[], byte[]>> records, String tag) {
    RawRecords {
        records = List.copyOf(records);
    }

    int count() {
        return records.size();
    }

    /**
     * The records with another tag of the same length in keys, values and headers.
     *
     * @throws IllegalArgumentException if the lengths differ, or the key of a record does not contain the tag, so that rounds would share keys
     */
    List<ProducerRecord<byte[], byte[]>> to(String topic, String otherTag) {
        return records.stream()
                .map(record -> {
                    var key = TaggedBytes.of(record.key(), tag);
                    if (!key.tagged()) {
                        throw new IllegalArgumentException("key: %s (expected: one that contains %s)"
                                .formatted(new String(record.key(), StandardCharsets.UTF_8), tag));
                    }
                    var headers = Arrays.stream(record.headers().toArray())
                            .<Header>map(each -> new RecordHeader(each.key(), replaced(each.value(), otherTag)))
                            .toList();
                    return new ProducerRecord<>(
                            topic, null, key.with(otherTag), replaced(record.value(), otherTag), headers);
                })
                .toList();
    }

    private byte[] replaced(byte[] bytes, String otherTag) {
        return TaggedBytes.of(bytes, tag).with(otherTag);
    }
}
