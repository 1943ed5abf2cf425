package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.gateway.Accounts;
import ipn.processor.outage.OutageRule;
import ipn.runtime.streams.StagePauseException;
import ipn.runtime.streams.TracedRecords;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cause of failure with a large share of the records, in the running topology. */
class OutageWatchTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://outages"), TopicCatalogue.defaults());

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private OutageWatch watch;
    private TestInputTopic<byte[], byte[]> raw;
    private TestOutputTopic<byte[], byte[]> outcomes;

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void it_is_counted_named_and_processed_all_the_same() {
        start(false);
        fail(9, false);
        assertThat(watch.note()).isEmpty();
        assertThat(outages()).isEqualTo(Map.of("unknown", 0.0));
        fail(1, false);
        assertThat(watch.note().orElseThrow()).contains("stripe/main: 10 of the last 10 records", "INVALID_ID");
        assertThat(outages()).isEqualTo(Map.of("unknown", 0.0, "main", 1.0));
        fail(1, false);
        assertThat(outcomes.readRecordsToList()).hasSize(11);
    }

    @Test
    void accounts_that_are_not_in_the_settings_share_one_series() {
        start(false);
        for (var account = 0; account < 30; account++) {
            fail(10, false, "nobody" + account);
        }
        assertThat(watch.note().orElseThrow()).contains("stripe/nobody0", "stripe/nobody29");
        assertThat(outages()).isEqualTo(Map.of("unknown", 30.0));
    }

    @Test
    void by_configuration_it_pauses_before_the_record_is_written() {
        start(true);
        fail(9, false);
        assertThatThrownBy(() -> fail(1, false)).hasRootCauseInstanceOf(StagePauseException.class);
        assertThat(outcomes.readRecordsToList()).hasSize(9);
    }

    @Test
    void replayed_records_do_not_count() {
        start(true);
        fail(50, true);
        assertThat(watch.note()).isEmpty();
        assertThat(outcomes.readRecordsToList()).hasSize(50);
    }

    @Test
    void the_settings_decide_when_it_begins_and_whether_it_pauses() {
        start(true);
        var settings = Settings.parse("processor: {outage-percent: 0, outage-minimum: 0}", Map.of(), Path.of(""));
        OutageWatch.from(settings);
        assertThat(settings.problems().found())
                .anyMatch(problem -> problem.startsWith("processor.outage-percent: 0"))
                .anyMatch(problem -> problem.startsWith("processor.outage-minimum: 0"));
    }

    private void fail(int times, boolean replayed) {
        fail(times, replayed, "main");
    }

    private void fail(int times, boolean replayed, String account) {
        for (var i = 0; i < times; i++) {
            var headers = new RecordHeaders();
            headers.add(Headers.CE_ID, ("stripe/%s/evt_%d".formatted(account, i)).getBytes(UTF_8))
                    .add(Headers.CE_SOURCE, ("/ipn/stripe/" + account).getBytes(UTF_8))
                    .add(Headers.CE_TYPE, "invoice.paid".getBytes(UTF_8));
            if (replayed) {
                headers.add(Headers.REPLAY_ID, "r".getBytes(UTF_8));
            }
            raw.pipeInput(new TestRecord<>(
                    ("stripe/" + account + "/unidentified").getBytes(UTF_8), "{".getBytes(UTF_8), headers, NOON));
        }
    }

    private Map<String, Double> outages() {
        return meters.get("ipn.processor.outages").gauges().stream()
                .collect(Collectors.toMap(each -> String.valueOf(each.getId().getTag("account")), Gauge::value));
    }

    private void start(boolean pauses) {
        watch = new OutageWatch(
                new OutageRule(50, Duration.ofMinutes(1), 10), pauses, Clock.fixed(NOON, ZoneOffset.UTC));
        var settings = Settings.parse(
                "gateways: {stripe: {main: {mode: test, secrets: 'test:whsec_0123456789abcdef'}}}",
                Map.of(),
                Path.of(""));
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(
                PaymentTopology.build(
                        KAFKA,
                        new RawRecordHandler(Accounts.from(settings)),
                        watch,
                        TracedRecords.PASSED_ON,
                        meters,
                        Stores::inMemoryKeyValueStore),
                properties,
                NOON);
        raw = driver.createInputTopic("ipn.raw", new ByteArraySerializer(), new ByteArraySerializer());
        outcomes = driver.createOutputTopic("ipn.outcomes", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
