package ipn.app.rebuild;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.operations.topic.OffsetRanges;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What is rebuilt, and how far; each record of the topic of progress is one, and the newest counts. Times are milliseconds.
 *
 * @param build names the settings and the build
 * @param source prefix of the topics whose history is run again
 * @param start where raw records begin
 * @param until the rebuild began then: inputs and clock of the rebuild end there
 * @param ends offsets of the inputs where they end, by topic and partition
 * @param copied offsets of the inputs up to which they are copied
 * @param at time of the rebuild: everything up to it is copied
 * @param total offsets of all inputs
 * @param records copied so far, of raw records
 * @param done whether all of it is processed
 */
public record RebuildState(
        String build,
        String source,
        long start,
        long until,
        Map<String, Long> ends,
        Map<String, Long> copied,
        long at,
        long total,
        long records,
        boolean done) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public RebuildState {
        ends = new TreeMap<>(ends);
        copied = new TreeMap<>(copied);
    }

    /** What is left to copy. */
    OffsetRanges left() {
        return new OffsetRanges(partitions(copied), partitions(ends));
    }

    /** The offsets at which the inputs end. */
    public Map<TopicPartition, Long> inputEnds() {
        return partitions(ends);
    }

    Instant atTime() {
        return Instant.ofEpochMilli(at);
    }

    /** Where raw records begin. */
    public Instant startTime() {
        return Instant.ofEpochMilli(start);
    }

    /** Inputs and clock of the rebuild end there. */
    public Instant untilTime() {
        return Instant.ofEpochMilli(until);
    }

    /** After a slice was copied. */
    RebuildState copiedTo(OffsetRanges slice, Instant time, long rawRecords) {
        return new RebuildState(
                build,
                source,
                start,
                until,
                ends,
                texts(slice.to()),
                time.toEpochMilli(),
                total,
                records + rawRecords,
                false);
    }

    RebuildState finished() {
        return new RebuildState(build, source, start, until, ends, copied, at, total, records, true);
    }

    static Map<String, Long> texts(Map<TopicPartition, Long> offsets) {
        var texts = new TreeMap<String, Long>();
        offsets.forEach((partition, offset) -> texts.put(partition.toString(), offset));
        return texts;
    }

    private static Map<TopicPartition, Long> partitions(Map<String, Long> texts) {
        var offsets = new HashMap<TopicPartition, Long>();
        texts.forEach((text, offset) -> {
            var dash = text.lastIndexOf('-');
            offsets.put(
                    new TopicPartition(text.substring(0, dash), Integer.parseInt(text.substring(dash + 1))), offset);
        });
        return offsets;
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IOException if it is none */
    static RebuildState parse(byte[] bytes) throws IOException {
        return JSON.readValue(bytes, RebuildState.class);
    }
}
