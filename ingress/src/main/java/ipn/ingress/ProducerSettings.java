package ipn.ingress;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer's settings: the operator's, except where an acknowledgement depends on ours. */
final class ProducerSettings {
    /** Keys, headers and framing around a body. */
    private static final int RECORD_OVERHEAD = 128 * 1024;

    private static final int BUFFER_SLACK = 32 * 1024 * 1024;
    /** Longest that {@code send} may hold its caller. */
    static final Duration BLOCK_MAX = Duration.ofMillis(50);

    private ProducerSettings() {}

    static Properties of(KafkaSettings kafka, IngressConfig config) {
        var delivery = deliveryTimeout(config).toMillis();
        var settings = kafka.client();
        // the operator may choose these
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "ipn-ingress");
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "2");
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(64 * 1024));
        // stored means stored on every replica in sync, once, in order
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.toString(Integer.MAX_VALUE));
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.remove(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
        // an answer in time, with room for one retry inside it
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(BLOCK_MAX.toMillis()));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(delivery));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(delivery * 6 / 10));
        // a topic forgotten after a quiet night would be asked for again by the first notification of the day
        settings.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                Long.toString(Duration.ofDays(7).toMillis()));
        // the byte budget is the limit that is met first
        settings.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                Long.toString((long) config.limits().inFlightBytesMax() + BUFFER_SLACK));
        settings.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.toString(config.limits().bodyBytesMax() + RECORD_OVERHEAD));
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return settings;
    }

    /** Most of the publish timeout; the rest is for waiting before the producer. */
    static Duration deliveryTimeout(IngressConfig config) {
        return config.times().publish().multipliedBy(8).dividedBy(10);
    }

    static Duration queueTimeout(IngressConfig config) {
        return config.times().publish().dividedBy(10);
    }
}
