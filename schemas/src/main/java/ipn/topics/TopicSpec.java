package ipn.topics;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The specification of one topic. Partitions and replication are chosen per deployment, see {@link TopicCatalogue}.
 *
 * @param name without the prefix
 * @param key what the record key is, for people
 * @param value what the record value is: {@code bytes}, or the name of an Avro record
 * @param retention how long records are kept, or {@link #FOREVER}; empty for compacted topics, which keep the newest record of each key
 * @param appendTime true: record timestamps are the broker's append time
 * @param maxMessageBytes largest record batch the broker accepts
 */
public record TopicSpec(
        String name, String key, String value, Optional<Duration> retention, boolean appendTime, int maxMessageBytes) {

    /** Every record is kept: neither age nor a newer record of the same key removes one. Kafka writes it as -1 milliseconds. */
    public static final Duration FOREVER = Duration.ofMillis(-1);

    /** True if it keeps the newest record of each key. */
    public boolean compacted() {
        return retention.isEmpty();
    }

    /** The broker's settings of this topic that do not depend on the deployment; {@link TopicCatalogue#configs} has all of them. */
    public Map<String, String> configs() {
        var configs = new TreeMap<String, String>();
        configs.put("cleanup.policy", compacted() ? "compact" : "delete");
        retention.ifPresent(kept -> configs.put("retention.ms", Long.toString(kept.toMillis())));
        configs.put("message.timestamp.type", appendTime ? "LogAppendTime" : "CreateTime");
        configs.put("max.message.bytes", Integer.toString(maxMessageBytes));
        return configs;
    }
}
