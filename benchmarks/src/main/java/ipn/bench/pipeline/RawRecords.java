package ipn.bench.pipeline;

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
        var from = tag.getBytes(StandardCharsets.UTF_8);
        var to = otherTag.getBytes(StandardCharsets.UTF_8);
        if (from.length != to.length) {
            throw new IllegalArgumentException("tag: %s (expected: as long as %s)".formatted(otherTag, tag));
        }
        return records.stream()
                .map(record -> {
                    var key = replaced(record.key(), from, to);
                    if (!tag.equals(otherTag) && Arrays.equals(key, record.key())) {
                        throw new IllegalArgumentException("key: %s (expected: one that contains %s)"
                                .formatted(new String(key, StandardCharsets.UTF_8), tag));
                    }
                    var headers = Arrays.stream(record.headers().toArray())
                            .<Header>map(each -> new RecordHeader(each.key(), replaced(each.value(), from, to)))
                            .toList();
                    return new ProducerRecord<>(topic, null, key, replaced(record.value(), from, to), headers);
                })
                .toList();
    }

    /** A copy with each occurrence replaced. */
    static byte[] replaced(byte[] bytes, byte[] from, byte[] to) {
        var copy = bytes.clone();
        for (var at = 0; at + from.length <= copy.length; at++) {
            if (Arrays.equals(copy, at, at + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, copy, at, to.length);
                at += to.length - 1;
            }
        }
        return copy;
    }
}
