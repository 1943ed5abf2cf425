package ipn.ingress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClockSetBackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicReference<Duration> back = new AtomicReference<>(Duration.ZERO);
    private final String clientId = UUID.randomUUID().toString();

    @Test
    void the_producer_is_replaced_when_the_clock_was_set_back() throws Exception {
        var broker = KafkaUnderTest.shared();
        var topic = broker.createTopics(ClockSetBackIT.class, 1).name(TopicCatalogue.RAW);
        var timeout = Duration.ofSeconds(5);
        var log = new KafkaRawLog(
                settings(broker), List.of(topic), timeout, timeout, () -> back.getAndSet(Duration.ZERO));
        try {
            await("ready", log::ready);
            store(log, topic);
            var before = network();

            back.set(Duration.ofHours(1));
            await("replaced", () -> !before.isAlive());
            await("ready again", log::ready);
            store(log, topic);
            assertThat(network()).isNotSameAs(before);
        } finally {
            log.close();
        }
    }

    private Properties settings(KafkaUnderTest broker) {
        var settings = new Properties();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("client.id", clientId);
        settings.put("key.serializer", ByteArraySerializer.class.getName());
        settings.put("value.serializer", ByteArraySerializer.class.getName());
        return settings;
    }

    private static void store(KafkaRawLog log, String topic) throws Exception {
        log.append(List.of(new ProducerRecord<>(topic, "body".getBytes(UTF_8))))
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The thread in which the producer talks to Kafka: each producer has one. */
    private Thread network() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith(clientId))
                .findFirst()
                .orElseThrow();
    }

    private static void await(String what, BooleanSupplier condition) {
        assertThat(Polling.upTo(PATIENCE).until(condition)).as(what).isTrue();
    }
}
