package ipn.bench.ingress;

import ipn.bench.generator.Fingerprint;
import ipn.bench.generator.Outcomes;
import ipn.bench.generator.Outcomes.Statuses;
import ipn.bench.measure.TopicRecords;
import ipn.topics.KafkaSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of a topic that a round has added, compared with its calls by their bodies.
 *
 * @param counts the number of records by fingerprint of their value
 */
record StoredCalls(Map<Long, Integer> counts) {
    /** @param begins the ends of the partitions before the round */
    static StoredCalls read(KafkaSettings kafka, String topic, Map<TopicPartition, Long> begins) {
        var counts = new HashMap<Long, Integer>();
        TopicRecords.readFrom(
                kafka, topic, begins, record -> counts.merge(Fingerprint.of(record.value()), 1, Integer::sum));
        return new StoredCalls(counts);
    }

    /**
     * What is wrong: each acknowledged call must be stored exactly once. One without a response, or with a status of 500 or more, may be stored: the
     * sender does not know. Nothing else may be stored.
     */
    List<String> differences(String round, Outcomes outcomes) {
        var acknowledged = new HashMap<Long, Integer>();
        var unknown = new HashMap<Long, Integer>();
        for (var call = 0; call < outcomes.count(); call++) {
            var status = outcomes.status(call);
            if (Statuses.ACKNOWLEDGED.contains(status)) {
                acknowledged.merge(outcomes.fingerprint(call), 1, Integer::sum);
            } else if (status == Outcomes.NO_RESPONSE || Statuses.REFUSED.contains(status)) {
                unknown.merge(outcomes.fingerprint(call), 1, Integer::sum);
            }
        }
        var lost = acknowledged.entrySet().stream()
                .mapToInt(each -> Math.max(0, each.getValue() - counts.getOrDefault(each.getKey(), 0)))
                .sum();
        var repeated = counts.entrySet().stream()
                .mapToInt(each -> Math.max(
                        0,
                        each.getValue()
                                - acknowledged.getOrDefault(each.getKey(), 0)
                                - unknown.getOrDefault(each.getKey(), 0)))
                .sum();
        var differences = new ArrayList<String>();
        if (lost > 0) {
            differences.add("%s: %d acknowledged calls are not stored".formatted(round, lost));
        }
        if (repeated > 0) {
            differences.add("%s: %d records too many".formatted(round, repeated));
        }
        return differences;
    }
}
