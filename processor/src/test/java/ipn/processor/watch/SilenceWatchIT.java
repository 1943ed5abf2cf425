package ipn.processor.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.gateway.Accounts;
import ipn.polling.Polling;
import ipn.processor.silence.StreamId;
import ipn.processor.watch.SilenceWatch.Times;
import ipn.runtime.metrics.Metric;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilenceWatchIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int PARTITIONS = 2;
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Accounts accounts =
            Accounts.from(Settings.parse("gateways: {stripe: {main: {mode: live, secrets: [\"value:x\"]}}}")
                    .withoutSecrets());
    private final String application = "processor-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    private KafkaSettings kafka;
    private String raw;
    private Admin admin;

    /** The history of the test has times of its own, which the topic takes as they are. */
    @BeforeEach
    void topics() throws Exception {
        var under = KafkaUnderTest.shared();
        var topics = new TopicCatalogue("silence-%s.".formatted(UUID.randomUUID()), PARTITIONS, (short) 1);
        kafka = new KafkaSettings(Map.of("bootstrap.servers", under.bootstrapServers()), Map.of(), topics);
        raw = topics.name(TopicCatalogue.RAW);
        admin = Admin.create(kafka.client());
        var configs = Map.of(
                "message.timestamp.type",
                "CreateTime",
                "message.timestamp.before.max.ms",
                Long.toString(Long.MAX_VALUE),
                "message.timestamp.after.max.ms",
                Long.toString(Long.MAX_VALUE),
                "retention.ms",
                "-1");
        admin.createTopics(List.of(new NewTopic(raw, PARTITIONS, (short) 1).configs(configs)))
                .all()
                .get();
        assertThat(Polling.upTo(TIMEOUT).until(this::isListed)).isTrue();
    }

    private boolean isListed() {
        try {
            return admin.listTopics().names().get().contains(raw);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        admin.close();
    }

    /** One notification every ten minutes for three weeks, which ends before now. */
    private void history(Duration silence, String... more) throws Exception {
        var end = NOW.minus(silence);
        try (var producer = new KafkaProducer<>(kafka.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            var number = 0;
            for (var at = end.minus(Duration.ofDays(21)); at.isBefore(end); at = at.plus(EVERY)) {
                sent.add(producer.send(record(number++, at, "invoice.paid")));
            }
            for (var header : more) {
                var replayed = record(0, NOW.minusSeconds(60), "invoice.paid");
                replayed.headers().add(header, "x".getBytes(UTF_8));
                sent.add(producer.send(replayed));
            }
            for (var each : sent) {
                each.get();
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(int number, Instant at, String type) {
        var record = new ProducerRecord<>(raw, number % PARTITIONS, at.toEpochMilli(), new byte[0], new byte[0]);
        record.headers().add(Headers.CE_SOURCE, "/ipn/stripe/main".getBytes(UTF_8));
        record.headers().add(Headers.CE_TYPE, type.getBytes(UTF_8));
        return record;
    }

    private Process start(Path state) {
        return new Process(state);
    }

    /** A processor's watch and what it shows. */
    private final class Process implements AutoCloseable {
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final SilenceWatch watch;

        Process(Path state) {
            var stage = new StreamsConfiguration(application, state, Duration.ofMillis(100), 1, Map.of());
            watch = new SilenceWatch(
                            kafka,
                            stage,
                            () -> accounts,
                            meters,
                            new Times(Duration.ofMillis(100), Duration.ofMillis(200)),
                            Clock.fixed(NOW, ZoneOffset.UTC))
                    .start();
        }

        double shows(Metric metric, String type) {
            var gauge = meters.find(metric.series().replace('_', '.'))
                    .tags("gateway", "stripe", "account", "main", "type", type)
                    .gauge();
            return gauge == null ? Double.NaN : gauge.value();
        }

        double readTo() {
            Gauge gauge = meters.find(
                            Metric.PROCESSOR_SILENCE_READ_SECONDS.series().replace('_', '.'))
                    .gauge();
            return gauge == null ? 0 : gauge.value();
        }

        void awaitJudged() {
            assertThat(Polling.upTo(TIMEOUT).until(() -> readTo() == NOW.getEpochSecond()))
                    .isTrue();
        }

        @Override
        public void close() {
            watch.close();
        }
    }

    @Test
    void an_account_that_has_fallen_silent_is_shown_and_a_replay_does_not_end_it() throws Exception {
        history(Duration.ofHours(3), Headers.REPLAY_ID, Headers.FETCHED_FROM);
        try (var process = start(folder)) {
            process.awaitJudged();
            assertThat(process.shows(Metric.PROCESSOR_SILENT, StreamId.ALL)).isEqualTo(1);
            assertThat(process.shows(Metric.PROCESSOR_SILENT, "invoice.paid")).isEqualTo(1);
            assertThat(process.shows(Metric.PROCESSOR_SILENCE_SECONDS, StreamId.ALL))
                    .isEqualTo(Duration.ofMinutes(190).toSeconds());
            assertThat(process.shows(Metric.PROCESSOR_SILENCE_MISSING, StreamId.ALL))
                    .isBetween(15.0, 20.0);
            assertThat(process.watch.note())
                    .hasValueSatisfying(note -> assertThat(note)
                            .startsWith("stripe/main: no notification (all) for 190 min, usually at most")
                            .doesNotContain("invoice.paid"));
        }
    }

    @Test
    void an_account_that_sends_as_usual_is_not() throws Exception {
        history(Duration.ZERO);
        try (var process = start(folder)) {
            process.awaitJudged();
            assertThat(process.shows(Metric.PROCESSOR_SILENT, StreamId.ALL)).isZero();
            assertThat(process.watch.note()).isEmpty();
        }
    }

    @Test
    void what_was_learned_survives_a_restart_and_is_learned_again_where_it_is_lost() throws Exception {
        history(Duration.ofHours(3));
        try (var process = start(folder)) {
            process.awaitJudged();
        }
        deleteRecords();
        try (var process = start(folder)) {
            process.awaitJudged();
            assertThat(process.shows(Metric.PROCESSOR_SILENT, StreamId.ALL)).isEqualTo(1);
        }
        Files.writeString(folder.resolve(application + ".silence.json"), "{\"readTo\":");
        try (var process = start(folder)) {
            process.awaitJudged();
            assertThat(process.shows(Metric.PROCESSOR_SILENT, StreamId.ALL)).isNaN();
        }
    }

    private void deleteRecords() throws Exception {
        for (var partition = 0; partition < PARTITIONS; partition++) {
            admin.deleteRecords(Map.of(new TopicPartition(raw, partition), RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }
    }
}
