package ipn.runtime.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QueuedProducerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final KafkaUnderTest BROKER = KafkaUnderTest.shared();

    private final AtomicReference<Duration> back = new AtomicReference<>(Duration.ZERO);
    private final String clientId = UUID.randomUUID().toString();

    /** A batch, and what became of it. */
    private static final class Sent extends CompletableFuture<RecordMetadata> implements RecordBatch {
        private final Supplier<List<ProducerRecord<byte[], byte[]>>> records;

        Sent(Supplier<List<ProducerRecord<byte[], byte[]>>> records) {
            this.records = records;
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> records() {
            return records.get();
        }

        @Override
        public void stored(RecordMetadata last) {
            complete(last);
        }

        @Override
        public void failed(Exception failure) {
            completeExceptionally(failure);
        }

        RecordMetadata await() throws Exception {
            return get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private QueuedProducer producer(String topic, int batchesMax, Duration timeout) {
        var settings = new Properties();
        settings.put("bootstrap.servers", BROKER.bootstrapServers());
        settings.put("client.id", clientId);
        settings.put("key.serializer", ByteArraySerializer.class.getName());
        settings.put("value.serializer", ByteArraySerializer.class.getName());
        return new QueuedProducer(
                settings,
                new ProducerQueue("sender-" + clientId, List.of(topic), batchesMax, timeout, Duration.ofSeconds(5)),
                () -> back.getAndSet(Duration.ZERO));
    }

    private static String topic() {
        return BROKER.createTopics(QueuedProducerIT.class, 1).name(TopicCatalogue.RAW);
    }

    private static Sent send(QueuedProducer producer, Supplier<List<ProducerRecord<byte[], byte[]>>> records) {
        var sent = new Sent(records);
        producer.send(sent);
        return sent;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic) {
        return new ProducerRecord<>(topic, "body".getBytes(UTF_8));
    }

    @Test
    void the_producer_is_replaced_when_the_clock_was_set_back() throws Exception {
        var topic = topic();
        try (var producer = producer(topic, 100, Duration.ofSeconds(5))) {
            await("ready", producer::ready);
            send(producer, () -> List.of(record(topic))).await();
            var before = network();

            back.set(Duration.ofHours(1));
            await("replaced", () -> !before.isAlive());
            await("ready again", producer::ready);
            send(producer, () -> List.of(record(topic))).await();
            assertThat(network()).isNotSameAs(before);
        }
    }

    @Test
    void a_batch_is_stored_once_all_of_its_records_are() throws Exception {
        var topic = topic();
        try (var producer = producer(topic, 100, Duration.ofSeconds(5))) {
            await("ready", producer::ready);
            var last = send(producer, () -> List.of(record(topic), record(topic), record(topic)))
                    .await();
            assertThat(last.offset()).isEqualTo(2);
        }
    }

    @Test
    void a_batch_fails_if_one_of_its_records_does_although_the_last_is_stored() throws Exception {
        var topic = topic();
        var tooLarge = new ProducerRecord<byte[], byte[]>(topic, new byte[2 * 1024 * 1024]);
        try (var producer = producer(topic, 100, Duration.ofSeconds(5))) {
            await("ready", producer::ready);
            var sent = send(producer, () -> List.of(tooLarge, record(topic)));
            assertThatThrownBy(sent::await).hasCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    @Test
    void records_that_cannot_be_made_fail_alone() throws Exception {
        var topic = topic();
        try (var producer = producer(topic, 100, Duration.ofSeconds(5))) {
            await("ready", producer::ready);
            var wrong = send(producer, () -> {
                throw new SerializationException("no registry");
            });
            var next = send(producer, () -> List.of(record(topic)));

            assertThatThrownBy(wrong::await)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SerializationException.class);
            assertThat(next.await().offset()).isZero();
        }
    }

    @Test
    void what_waits_for_too_long_or_finds_the_queue_full_is_not_sent() throws Exception {
        var topic = topic();
        var blocked = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        try (var producer = producer(topic, 1, Duration.ofMillis(1))) {
            await("ready", producer::ready);
            Sent first;
            do { // one may have waited for a millisecond
                first = send(producer, () -> {
                    begun.countDown();
                    awaitQuietly(blocked);
                    return List.of(record(topic));
                });
            } while (!begun.await(100, TimeUnit.MILLISECONDS));
            var waiting = send(producer, () -> List.of(record(topic)));
            var tooMany = send(producer, () -> List.of(record(topic)));
            assertThatThrownBy(tooMany::await)
                    .cause()
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("the queue before the producer is full");
            var sentAt = System.nanoTime();
            await(
                    "a moment",
                    () -> System.nanoTime() - sentAt > Duration.ofMillis(5).toNanos());
            blocked.countDown();

            assertThat(first.await().offset()).isZero();
            assertThatThrownBy(waiting::await).hasCauseInstanceOf(TimeoutException.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread in which the producer talks to Kafka: each producer has one. */
    private Thread network() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-producer-network-thread"))
                .filter(thread -> thread.getName().endsWith(clientId))
                .findFirst()
                .orElseThrow();
    }

    private static void await(String what, BooleanSupplier condition) {
        assertThat(Polling.upTo(PATIENCE).until(condition)).as(what).isTrue();
    }
}
