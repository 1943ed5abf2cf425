package ipn.runtime.streams;

import ipn.settings.Settings;
import ipn.topics.ByteLimits;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * Settings of a Streams stage.
 *
 * @param applicationId consumer group, and prefix of its internal topics and transactions
 * @param stateDir folder of its state; kept over restarts
 * @param commitInterval the longest time of a transaction, up to 10 s; it ends earlier if there is nothing more to process ({@link PacedCommits})
 * @param threads stream threads; each has a producer and transactions of its own
 * @param ofStage settings that the stage itself needs, such as a handler of failed records
 */
public record StreamsConfiguration(
        String applicationId, Path stateDir, Duration commitInterval, int threads, Map<String, Object> ofStage) {
    private static final long STORE_CACHE_BYTES = 1L << 20;

    /** Reads {@code application-id}, {@code state-dir}, {@code commit-interval} and {@code threads} of a stage's section. */
    public static StreamsConfiguration from(Settings stage, String applicationId) {
        return new StreamsConfiguration(
                stage.text("application-id", applicationId),
                Path.of(stage.text("state-dir", "data/state")),
                stage.duration("commit-interval", Duration.ofMillis(100), Duration.ofSeconds(10)),
                stage.integer("threads", 1, 1, 64),
                Map.of());
    }

    /** The same with settings that the stage itself needs. */
    public StreamsConfiguration with(Map<String, Object> settings) {
        return new StreamsConfiguration(applicationId, stateDir, commitInterval, threads, Map.copyOf(settings));
    }

    /** The same with another state folder. */
    public StreamsConfiguration withStateDir(Path dir) {
        return new StreamsConfiguration(applicationId, dir, commitInterval, threads, ofStage);
    }

    /** The client settings. Those that exactly-once processing depends on cannot be overridden. */
    Properties properties(KafkaSettings kafka, String instanceId) {
        var properties = kafka.client();
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "20");
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                Integer.toString(ByteLimits.LARGEST_RECORD));
        // without it a producer may report success for what only one replica has
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        // static membership: a crashed instance rejoins under its own id, so the group does not wait for its session to
        // expire
        putForConsumers(properties, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        putForConsumers(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
        putForConsumers(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "3000");
        putForConsumers(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // an aborted transaction must not become an input
        putForConsumers(properties, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // a handler that continues would drop a record without an outcome
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        properties.put(
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, DefaultProductionExceptionHandler.class);
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, ValidTimestamp.class);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(threads));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(commitInterval.toMillis()));
        // no result depends on which of several topics is read first
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, Long.toString(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED));
        // only for the stores that ask for it
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Long.toString(STORE_CACHE_BYTES));
        // Kafka Streams waits so long for each changelog topic that it creates, one after the other
        properties.put(StreamsConfig.RETRY_BACKOFF_MS_CONFIG, "20");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        properties.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                Short.toString(kafka.topics().replication()));
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
        properties.put(StreamsConfig.topicPrefix("max.message.bytes"), Integer.toString(ByteLimits.LARGEST_RECORD));
        properties.put(
                StreamsConfig.topicPrefix("min.insync.replicas"),
                Integer.toString(kafka.topics().minInSyncReplicas()));
        properties.putAll(ofStage);
        return properties;
    }

    /** An id that this instance keeps over restarts and crashes, because it is stored with its state. */
    public String instanceId() {
        var file = stateDir.resolve(applicationId + ".instance");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(stateDir);
                Files.writeString(file, UUID.randomUUID().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "state-dir: %s cannot be written (expected: a folder that only this stage uses)"
                            .formatted(stateDir),
                    e);
        }
    }

    /** Streams prefers the settings of one consumer to those of all, so the settings of one are removed. */
    private static void putForConsumers(Properties properties, String key, String value) {
        properties.remove(StreamsConfig.mainConsumerPrefix(key));
        properties.remove(StreamsConfig.restoreConsumerPrefix(key));
        properties.remove(StreamsConfig.globalConsumerPrefix(key));
        properties.put(StreamsConfig.consumerPrefix(key), value);
    }
}
