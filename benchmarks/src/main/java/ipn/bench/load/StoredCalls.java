package ipn.bench.load;

import ipn.bench.measure.TopicRecords;
import ipn.topics.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Compares the calls of a workload with those that the ingress has stored. */
public final class StoredCalls {
    private StoredCalls() {}

    /**
     * The event keys of the raw records.
     *
     * @param topic full name of the topic of raw records
     * @param header the header that contains the event key
     * @param begins where to start to read; elsewhere at the beginning
     */
    public static Set<String> eventKeys(
            KafkaSettings kafka, String topic, String header, Map<TopicPartition, Long> begins) {
        var keys = new HashSet<String>();
        TopicRecords.readFrom(
                kafka, topic, begins, record -> eventKey(record, header).ifPresent(keys::add));
        return keys;
    }

    /** The event key of a raw record. */
    static Optional<String> eventKey(ConsumerRecord<byte[], byte[]> record, String header) {
        return Optional.ofNullable(record.headers().lastHeader(header))
                .map(key -> new String(key.value(), StandardCharsets.UTF_8));
    }

    /** Every acknowledged call is stored; no forged call is. */
    public static List<String> differences(List<IngressCall> calls, Set<String> acknowledged, Set<String> stored) {
        var differences = new ArrayList<String>();
        for (var call : calls) {
            var isStored = stored.contains(call.eventKey());
            if (call.kind() == IngressCall.Kind.FORGED && isStored) {
                differences.add(call.eventKey() + ": a forged call is stored");
            }
            // the gateway module derives PayPal's event keys, so the workload does not know them
            if (call.kind() == IngressCall.Kind.GENUINE
                    && !isStored
                    && acknowledged.contains(call.eventKey())
                    && !call.gateway().equals("paypal-ipn")) {
                differences.add(call.eventKey() + ": an acknowledged call is not stored");
            }
        }
        return differences;
    }
}
