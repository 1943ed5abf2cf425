package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.gateway.Accounts;
import ipn.gateway.RunningAccounts;
import ipn.seal.SealCheck;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With section {@code seal}, a program that can write to {@code ipn.raw} cannot forge a payment. */
class SealedRecordsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://sealed"), TopicCatalogue.defaults());
    private static final String SETTINGS = """
            gateways: {stripe: {main: {mode: test, secrets: 'test:whsec_0123456789abcdef'}}}
            seal: {ingress: 'env:INGRESS', tools: 'env:TOOLS'}
            """;

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> raw;
    private TestOutputTopic<String, Outcome> outcomes;

    @BeforeEach
    void start() {
        var settings = settings();
        var handler = new RawRecordHandler(
                new RunningAccounts(Accounts.from(settings), settings), SealCheck.from(settings), Reverifier.OFF);
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(
                PaymentTopology.build(KAFKA, handler, new SimpleMeterRegistry(), Stores::inMemoryKeyValueStore),
                properties,
                NOON);
        raw = driver.createInputTopic("ipn.raw", new ByteArraySerializer(), new ByteArraySerializer());
        outcomes = driver.createOutputTopic(
                "ipn.outcomes", new StringDeserializer(), KAFKA.serdes().deserializer(Outcome.class));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void what_the_ingress_sealed_is_processed_and_its_replay_too() {
        var record = sealed(delivery(), SealRole.INGRESS);
        assertThat(outcome(record).getKind()).isEqualTo(OutcomeKind.APPLIED);
        record.headers().add(Headers.DLQ_ID, "ipn.raw-0-0".getBytes(UTF_8)).add(Headers.REPLAY_ID, "r".getBytes(UTF_8));
        assertThat(outcome(record).getKind()).isEqualTo(OutcomeKind.DUPLICATE);
    }

    @Test
    void what_nobody_sealed_or_somebody_changed_is_refused() {
        assertRefused(delivery());
        var changed = sealed(delivery(), SealRole.INGRESS);
        assertRefused(new ProducerRecord<>(
                changed.topic(),
                null,
                changed.key(),
                new String(changed.value(), UTF_8).replace("2500", "250000").getBytes(UTF_8),
                changed.headers()));
    }

    @Test
    void a_report_line_is_believed_from_tools_only_and_a_delivery_from_the_ingress_only() {
        assertRefused(sealed(delivery(), SealRole.TOOLS));
        assertRefused(sealed(reportLine(), SealRole.INGRESS));
        assertRefused(reportLine());
        var line = outcome(sealed(reportLine(), SealRole.TOOLS));
        assertThat(line.getReason()).isNotEqualTo("NOT_SEALED");
    }

    private void assertRefused(ProducerRecord<byte[], byte[]> record) {
        var outcome = outcome(record);
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.UNPROCESSABLE);
        assertThat(outcome.getReason()).isEqualTo("NOT_SEALED");
        assertThat(outcome.getRaw().getValue().array()).isEqualTo(record.value());
    }

    private Outcome outcome(ProducerRecord<byte[], byte[]> record) {
        raw.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), NOON));
        return outcomes.readValue();
    }

    private static ProducerRecord<byte[], byte[]> delivery() {
        var body =
                "{'id':'evt_1','object':'event','type':'payment_intent.succeeded','created':%d,'livemode':false,'data':{'object':{'id':'pi_1','object':'payment_intent','amount':2500,'amount_received':2500,'currency':'usd'}}}"
                        .formatted(NOON.getEpochSecond())
                        .replace('\'', '"');
        return record(body, "hmac-sha256 1");
    }

    private static ProducerRecord<byte[], byte[]> reportLine() {
        return record("{}", "report/ada");
    }

    private static ProducerRecord<byte[], byte[]> record(String body, String verifiedBy) {
        var record = new ProducerRecord<>("ipn.raw", "stripe/main/pi_1".getBytes(UTF_8), body.getBytes(UTF_8));
        record.headers()
                .add(Headers.CE_ID, "stripe/main/evt_1".getBytes(UTF_8))
                .add(Headers.CE_SOURCE, "/ipn/stripe/main".getBytes(UTF_8))
                .add(Headers.VERIFIED_BY, verifiedBy.getBytes(UTF_8));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> sealed(ProducerRecord<byte[], byte[]> record, SealRole role) {
        Sealer.from(settings(), role).orElseThrow().seal(record);
        return record;
    }

    private static Settings settings() {
        var environment = Map.of(
                "INGRESS", "a-secret-of-the-tests-that-is-long-enough-1",
                "TOOLS", "a-secret-of-the-tests-that-is-long-enough-2");
        return Settings.parse(SETTINGS, environment, Path.of(""));
    }
}
