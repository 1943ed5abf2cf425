package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsConfigurationTest {
    private static final Map<String, String> CLUSTER = Map.of("bootstrap.servers", "broker:9092");

    /**
     * One setting that a stage makes.
     *
     * @param why the rule that fails with another value
     */
    private record Made(String key, String value, String why) {}

    // spotless:off
    private static Stream<Made> everySetting() {
        return Stream.of(
            new Made("processing.guarantee",              "exactly_once_v2",    "outcome, state and offset in one transaction: one outcome per raw record"),
            new Made("application.id",                    "ipn-processor",      "names the consumer group, the internal topics and the transactions"),
            new Made("state.dir",                         "data/state",         "a restart finds its stores and the id of its transactions"),
            new Made("num.stream.threads",                "3",                  "as configured"),
            new Made("commit.interval.ms",                "25",                 "as configured: the longest time of a transaction"),
            new Made("max.task.idle.ms",                  "-1",                 "no result depends on which of several topics is read first"),
            new Made("statestore.cache.max.bytes",        "1048576",            "only for stores that ask for a cache: one decides no duplicates and no outcome"),
            new Made("retry.backoff.ms",                  "20",                 "the first start waits so long for each of twenty changelogs, one after the other"),
            new Made("ensure.explicit.internal.resource.naming", "true",        "generated names change with the topology and lose the stored state"),
            new Made("replication.factor",                "3",                  "internal topics survive a broker as ours do"),
            new Made("rocksdb.config.setter",             BoundedRocksDb.class.getName(), "the memory of all stores has one bound"),
            new Made("topic.min.insync.replicas",         "2",                  "as the catalogue: two of three replicas have a record before it is acknowledged"),
            new Made("topic.max.message.bytes",           "6291456",            "a changelog record may be as large as an outcome"),
            new Made("producer.acks",                     "all",                "a committed record survives a broker"),
            new Made("producer.linger.ms",                "20",                  "nobody reads a record before its transaction ends, and the commit sends what waits"),
            new Made("producer.max.request.size",         "6291456",            "an outcome may carry a raw record whole"),
            new Made("consumer.isolation.level",          "read_committed",     "an aborted transaction is no input"),
            new Made("consumer.auto.offset.reset",        "earliest",           "a new group decides every raw record, not only later ones"),
            new Made("consumer.group.instance.id",        "instance",           "a killed instance rejoins without waiting for its old session to expire"),
            new Made("consumer.session.timeout.ms",       "10000",              "an instance that does not come back is replaced soon"),
            new Made("consumer.heartbeat.interval.ms",    "3000",               "three heartbeats may be lost within a session"),
            new Made("deserialization.exception.handler", "org.apache.kafka.streams.errors.LogAndFailExceptionHandler",           "a record that cannot be read must not be skipped"),
            new Made("default.timestamp.extractor",       "ipn.runtime.streams.ValidTimestamp", "a record with an absurd timestamp must not stop the stage"),
            new Made("processing.exception.handler",      "org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler", "a record that fails must not be skipped"),
            new Made("production.exception.handler",      "org.apache.kafka.streams.errors.DefaultProductionExceptionHandler",    "an outcome that cannot be written must not be skipped"));
    }
    // spotless:on

    @ParameterizedTest
    @MethodSource("everySetting")
    void a_stage_makes_the_setting(Made setting) {
        assertThat(text(properties(CLUSTER).get(setting.key())))
                .as("%s, because %s", setting.key(), setting.why())
                .isEqualTo(setting.value());
    }

    @Test
    void a_stage_makes_no_other_setting() {
        var expected = new TreeMap<>(CLUSTER);
        expected.putAll(everySetting().collect(Collectors.toMap(Made::key, Made::value)));
        var made = new TreeMap<String, String>();
        properties(CLUSTER).forEach((key, value) -> made.put(key.toString(), text(value)));
        assertThat(made).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("everySetting")
    void no_setting_of_the_user_replaces_it(Made setting) {
        assertThat(text(properties(with(setting.key(), "other")).get(setting.key())))
                .as(setting.why())
                .isEqualTo(setting.value());
    }

    /** What the clients get in the end: Streams adds to the settings, and prefers some prefixes to others. */
    @Nested
    class In_effect {
        @ParameterizedTest
        @ValueSource(strings = {"", "consumer.", "main.consumer.", "restore.consumer.", "global.consumer."})
        void no_consumer_reads_uncommitted_records(String prefix) {
            var streams = streams(with(prefix + "isolation.level", "read_uncommitted"));
            assertThat(main(streams)).containsEntry("isolation.level", "read_committed");
            assertThat(streams.getRestoreConsumerConfigs("client")).containsEntry("isolation.level", "read_committed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "consumer.", "main.consumer."})
        void no_consumer_commits_by_itself_or_starts_at_the_end(String prefix) {
            var settings = new HashMap<>(CLUSTER);
            settings.put(prefix + "enable.auto.commit", "true");
            settings.put(prefix + "auto.offset.reset", "latest");
            settings.put(prefix + "group.id", "other");
            settings.put(prefix + "group.instance.id", "other");
            settings.put(prefix + "session.timeout.ms", "60000");
            settings.put(prefix + "heartbeat.interval.ms", "60000");
            assertThat(text(main(streams(settings))))
                    .containsEntry("enable.auto.commit", "false")
                    .containsEntry("auto.offset.reset", "earliest")
                    .containsEntry("group.id", "ipn-processor")
                    .containsEntry("group.instance.id", "instance-0")
                    .containsEntry("session.timeout.ms", "10000")
                    .containsEntry("heartbeat.interval.ms", "3000");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "producer."})
        void every_producer_is_idempotent_and_waits_for_all_replicas(String prefix) {
            var settings = new HashMap<>(CLUSTER);
            settings.put(prefix + "acks", "1");
            settings.put(prefix + "enable.idempotence", "false");
            settings.put(prefix + "transactional.id", "other");
            var client = new HashMap<>(streams(settings).getProducerConfigs("client"));
            assertThat(client).doesNotContainKey("transactional.id");
            client.putIfAbsent("key.serializer", ByteArraySerializer.class);
            client.putIfAbsent("value.serializer", ByteArraySerializer.class);
            client.put("bootstrap.servers", "127.0.0.1:9092");
            var producer = new ProducerConfig(client);
            assertThat(producer.getString("acks")).isEqualTo("-1");
            assertThat(producer.getBoolean("enable.idempotence")).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "deserialization.exception.handler, LogAndContinueExceptionHandler",
            "default.deserialization.exception.handler, LogAndContinueExceptionHandler",
            "processing.exception.handler, LogAndContinueProcessingExceptionHandler"
        })
        void no_handler_skips_a_record(String key, String handler) {
            var streams = streams(with(key, "org.apache.kafka.streams.errors." + handler));
            assertThat(streams.deserializationExceptionHandler().getClass().getSimpleName())
                    .isEqualTo("LogAndFailExceptionHandler");
            assertThat(streams.processingExceptionHandler().getClass().getSimpleName())
                    .isEqualTo("LogAndFailProcessingExceptionHandler");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"max.in.flight.requests.per.connection", "producer.max.in.flight.requests.per.connection"})
        void more_requests_in_flight_than_keep_their_order_stop_the_start(String key) {
            assertThatThrownBy(() -> streams(with(key, "6")).getProducerConfigs("client"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("exactly-once");
        }

        @Test
        void a_protocol_without_static_members_stops_the_start() {
            assertThatThrownBy(() -> streams(with("group.protocol", "streams")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("static membership");
        }
    }

    @Nested
    class Users_choose {
        @ParameterizedTest
        @CsvSource({
            "security.protocol, SSL",
            "client.dns.lookup, resolve_canonical_bootstrap_servers_only",
            "max.poll.records, 50",
            "consumer.max.poll.records, 50",
            "main.consumer.max.poll.records, 50"
        })
        void whatever_else_a_consumer_can_be_set_to(String key, String value) {
            assertThat(main(streams(with(key, value))))
                    .containsEntry(key.replaceFirst("^(main\\.)?consumer\\.", ""), value);
        }

        @ParameterizedTest
        @CsvSource({"compression.type, lz4", "producer.compression.type, lz4", "producer.batch.size, 65536"})
        void whatever_else_a_producer_can_be_set_to(String key, String value) {
            assertThat(streams(with(key, value)).getProducerConfigs("client"))
                    .containsEntry(key.replaceFirst("^producer\\.", ""), value);
        }

        @ParameterizedTest
        @CsvSource({"num.standby.replicas, 1", "topic.min.insync.replicas, 2", "client.rack, a"})
        void whatever_else_streams_can_be_set_to(String key, String value) {
            assertThat(properties(with(key, value))).containsEntry(key, value);
        }
    }

    @Nested
    class A_section_of_the_settings {
        @Test
        void may_be_empty() {
            assertThat(read("processor: {}"))
                    .isEqualTo(new StreamsConfiguration(
                            "ipn-processor", Path.of("data/state"), Duration.ofMillis(100), 1, Map.of()));
        }

        @Test
        void sets_every_key() {
            assertThat(
                            read(
                                    "processor: {application-id: mine, state-dir: /state, commit-interval: PT0.2S, threads: 4}"))
                    .isEqualTo(
                            new StreamsConfiguration("mine", Path.of("/state"), Duration.ofMillis(200), 4, Map.of()));
        }

        @Test
        void reports_all_that_is_wrong_at_once() {
            assertThatThrownBy(() -> read("processor: {commit-interval: PT11S, threads: 65, thread: 1}"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContainingAll("processor.commit-interval", "processor.threads", "processor.thread:");
        }

        @Test
        void leaves_the_rest_as_it_is_when_only_the_folder_changes() {
            assertThat(CONFIGURATION.withStateDir(Path.of("other")))
                    .isEqualTo(new StreamsConfiguration(
                            "ipn-processor", Path.of("other"), Duration.ofMillis(25), 3, Map.of()));
        }

        private StreamsConfiguration read(String yaml) {
            var settings = Settings.parse(yaml, Map.of(), Path.of(""));
            var configuration = StreamsConfiguration.from(settings.in("processor"), "ipn-processor");
            settings.verify();
            return configuration;
        }
    }

    private static final StreamsConfiguration CONFIGURATION =
            new StreamsConfiguration("ipn-processor", Path.of("data/state"), Duration.ofMillis(25), 3, Map.of());

    private static Properties properties(Map<String, String> clients) {
        var kafka = new KafkaSettings(clients, Map.of(), new TopicCatalogue("ipn.", 8, (short) 3));
        return CONFIGURATION.properties(kafka, "instance");
    }

    private static StreamsConfig streams(Map<String, String> clients) {
        return new StreamsConfig(properties(clients));
    }

    private static Map<String, Object> main(StreamsConfig streams) {
        return streams.getMainConsumerConfigs("ipn-processor", "client", 0);
    }

    private static Map<String, String> with(String key, String value) {
        var all = new HashMap<>(CLUSTER);
        all.put(key, value);
        return all;
    }

    private static Map<String, String> text(Map<String, Object> values) {
        return values.keySet().stream()
                .filter(key -> ConsumerConfig.configNames().contains(key) && values.get(key) != null)
                .collect(Collectors.toMap(key -> key, key -> text(values.get(key))));
    }

    private static String text(Object value) {
        return value instanceof Class<?> type ? type.getName() : String.valueOf(value);
    }
}
