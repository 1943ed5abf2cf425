package ipn.projector.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.CatalogueVersion;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic of catalogues. All its records are in one partition, so all readers have them in one order. A projector that starts with
 * settings that are new writes them, reads the topic again, and judges by what it read: two that start at once agree. One that starts
 * with settings that were replaced writes nothing: only a person puts them back in force.
 */
public final class CatalogueTopic {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int PARTITION = 0;

    private final KafkaSettings kafka;
    private final String topic;
    private final Duration timeout;

    public CatalogueTopic(KafkaSettings kafka) {
        this(kafka, TIMEOUT);
    }

    /** @param timeout how long to wait for Kafka */
    CatalogueTopic(KafkaSettings kafka, Duration timeout) {
        this.kafka = kafka;
        this.topic = kafka.topics().name(TopicCatalogue.CATALOGUES);
        this.timeout = timeout;
    }

    /**
     * What a start found.
     *
     * @param history by which to judge
     * @param olderSettings whether the settings of this process are an older version, by which it does not judge
     * @param changed whether this start put its settings in force, in the place of others
     */
    public record Joined(CatalogueHistory history, boolean olderSettings, boolean changed) {}

    /**
     * The history to judge by. The catalogue of the settings is written as its newest version if it was never in force.
     *
     * @throws SettingsException if the topic cannot be read or written in time, does not exist, or has another catalogue of this name
     */
    public Joined join(ProductCatalogue current, Clock clock) {
        var versions = read();
        var before = versions.history();
        var isNew = !versions.endsWith(current) && !versions.isOlder(current);
        if (isNew) {
            write(versions.next(current, clock.instant()));
            before.ifPresent(history -> StartReport.changed(history.newest(), current));
            versions = read();
        }
        var isOlder = versions.isOlder(current);
        if (isOlder) {
            StartReport.older(versions, current);
        }
        return new Joined(versions.history().orElseThrow(), isOlder, isNew && before.isPresent());
    }

    /**
     * All versions.
     *
     * @throws SettingsException if the topic cannot be read in time, or does not exist
     */
    public CatalogueVersions read() {
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(consumerSettings(), bytes, bytes);
                var values = kafka.serdes().deserializer(CatalogueVersion.class)) {
            var partition = new TopicPartition(topic, PARTITION);
            if (Optional.ofNullable(consumer.partitionsFor(topic, timeout))
                    .orElse(List.of())
                    .isEmpty()) {
                throw problem("does not exist (expected: create it with ipn topics apply)");
            }
            var end = consumer.endOffsets(List.of(partition), timeout).getOrDefault(partition, 0L);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var found = new ArrayList<CatalogueVersion>();
            var deadline = System.nanoTime() + timeout.toNanos();
            while (consumer.position(partition, timeout) < end) {
                consumer.poll(POLL).forEach(record -> found.add(values.deserialize(topic, record.value())));
                if (System.nanoTime() > deadline) {
                    throw problem("not read to its end within %d s (expected: a reachable Kafka)"
                            .formatted(timeout.toSeconds()));
                }
            }
            return new CatalogueVersions(found);
        } catch (KafkaException e) {
            throw failed("read", e);
        }
    }

    private void write(CatalogueVersion version) {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(producerSettings(), bytes, bytes);
                var values = kafka.serdes().serializer(CatalogueVersion.class)) {
            producer.send(new ProducerRecord<>(
                            topic, PARTITION, version.getVersion().getBytes(UTF_8), values.serialize(topic, version)))
                    .get(timeout.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw failed("written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("written", e);
        }
    }

    private SettingsException failed(String what, Exception e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return problem("cannot be %s: %s (expected: Kafka and the schema registry answer within %d s)"
                .formatted(what, cause.getClass().getSimpleName(), timeout.toSeconds()));
    }

    private SettingsException problem(String text) {
        return new SettingsException(List.of("topic %s: %s".formatted(topic, text)));
    }

    private Properties consumerSettings() {
        var properties = kafka.client();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        return properties;
    }

    private Properties producerSettings() {
        var properties = kafka.client();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(timeout.toMillis()));
        return properties;
    }
}
