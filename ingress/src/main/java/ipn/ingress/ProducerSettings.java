package ipn.ingress;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer's settings: those of the operator, except the ones an acknowledgement depends on. */
final class ProducerSettings {
    /** Keys, headers and framing around a body. */
    private static final int RECORD_OVERHEAD = 128 * 1024;

    private static final int BUFFER_SLACK = 32 * 1024 * 1024;
    /** The longest time {@code send} may block its caller. */
    static final Duration BLOCK_MAX = Duration.ofMillis(50);

    private ProducerSettings() {}

    static Properties producer(KafkaSettings kafka, IngressConfig config) {
        var delivery = deliveryTimeout(config).toMillis();
        var settings = kafka.client();
        // defaults that the operator may override
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "ipn-ingress");
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "2");
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(64 * 1024));
        // stored means: on every in-sync replica, once, in order
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.toString(Integer.MAX_VALUE));
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.remove(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
        // a result before the publish timeout, with time for one retry
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(BLOCK_MAX.toMillis()));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(delivery));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(delivery * 6 / 10));
        // keeps the metadata of an idle topic, so that the first notification after a quiet night does not wait for it
        settings.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG,
                Long.toString(Duration.ofDays(7).toMillis()));
        // larger than the byte budget, so that the budget is the limit that applies
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

    /** Most of the publish timeout; the rest is for waiting in the queue before the producer. */
    static Duration deliveryTimeout(IngressConfig config) {
        return config.times().publish().multipliedBy(8).dividedBy(10);
    }

    static Duration queueTimeout(IngressConfig config) {
        return config.times().publish().dividedBy(10);
    }
}
