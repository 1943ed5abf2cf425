package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.ReverificationStatus;
import ipn.gateway.Accounts;
import ipn.gateway.RunningAccounts;
import ipn.gateway.stripe.StripeSignature;
import ipn.seal.SealCheck;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With setting {@code processor.reverify}, a program that can write to {@code ipn.raw} cannot forge what a gateway signs. */
class ReverificationTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://reverified"), TopicCatalogue.defaults());
    private static final String SECRET = "whsec_0123456789abcdef";
    private static final String OLD = "whsec_that_was_replaced";
    private static final String GATEWAYS = """
            gateways:
              stripe: {main: {mode: test, secrets: ['env:STRIPE', {secret: 'env:OLD', until: '2026-10-01T00:00:00Z'}]}}
              paypal-ipn: {main: {mode: test, receiver: shop@example.com}}
            """;
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "STRIPE", SECRET,
            "OLD", OLD,
            "INGRESS", "a-secret-of-the-tests-that-is-long-enough-1");

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int stages;

    @Test
    void a_genuine_record_is_verified_and_processed() {
        var outcome = outcome("", stripe(SECRET, NOON), NOON);
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.APPLIED);
        assertThat(outcome.getReverification()).isEqualTo(ReverificationStatus.VERIFIED);
        assertThat(counted("stripe", "VERIFIED")).isOne();
    }

    @Test
    void it_is_verified_as_of_its_receipt_when_it_is_read_a_year_later() {
        for (var secret : List.of(SECRET, OLD)) {
            var outcome = outcome("", stripe(secret, NOON), NOON.plus(YEAR));
            assertThat(outcome.getKind()).isEqualTo(OutcomeKind.APPLIED);
            assertThat(outcome.getReverification()).isEqualTo(ReverificationStatus.VERIFIED);
        }
    }

    @Test
    void a_signature_older_than_its_receipt_allows_is_refused() {
        var record = stripe(SECRET, NOON);
        record.headers().remove(Headers.RECEIVED_AT).add(Headers.RECEIVED_AT, utf8(NOON.plusSeconds(301)));
        assertRefused(record, "SIGNED_OUTSIDE_TOLERANCE");
    }

    @Test
    void a_secret_is_not_valid_for_what_was_received_after_its_end() {
        assertRefused(stripe(OLD, Instant.parse("2026-10-01T00:00:00Z")), "SIGNATURE_WRONG");
    }

    @Test
    void one_changed_byte_is_refused() {
        var record = stripe(SECRET, NOON);
        record.value()[record.value().length - 3] ^= 1;
        assertRefused(record, "SIGNATURE_WRONG");
    }

    @Test
    void a_changed_header_is_refused() {
        var record = stripe(SECRET, NOON);
        var signature =
                new String(record.headers().lastHeader("http.stripe-signature").value(), UTF_8);
        record.headers()
                .remove("http.stripe-signature")
                .add("http.stripe-signature", utf8(signature.replace("t=1", "t=2")));
        assertRefused(record, "SIGNATURE_WRONG");
    }

    @Test
    void a_forged_record_is_refused_whatever_it_claims() {
        var unsigned = stripe(SECRET, NOON);
        unsigned.headers().remove("http.stripe-signature");
        assertRefused(unsigned, "SIGNATURE_MISSING");
        assertRefused(stripe("whsec_of_somebody_else", NOON), "SIGNATURE_WRONG");
        unsigned.headers().add(Headers.FETCHED_FROM, utf8("https://api.stripe.com/v1/payment_intents/pi_1"));
        assertRefused(unsigned, "SIGNATURE_MISSING");
    }

    @Test
    void what_a_gateway_confirmed_only_when_asked_is_not_verifiable_and_processed() {
        var outcome = outcome("", paypalIpn(), NOON);
        assertThat(outcome.getReverification()).isEqualTo(ReverificationStatus.NOT_VERIFIABLE);
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.APPLIED);
        assertThat(counted("paypal-ipn", "NOT_VERIFIABLE")).isOne();
    }

    @Test
    void a_report_line_keeps_its_own_rule() {
        var line = record("/ipn/stripe/main", "stripe/main/pi_1", "{}", NOON, "report/ada");
        var outcome = outcome("", line, NOON);
        assertThat(outcome.getReverification()).isEqualTo(ReverificationStatus.NOT_VERIFIABLE);
        assertThat(outcome.getReason()).isNotEqualTo("INVALID_SIGNATURE");
    }

    @Test
    void with_none_nothing_is_verified_and_no_secret_is_needed() {
        var forged = stripe("whsec_of_somebody_else", NOON);
        var settings = Settings.parse(GATEWAYS + "processor: {reverify: none}", Map.of(), Path.of(""));
        var reverifier = Reverifier.from(settings);
        assertThat(reverifier.needsSecrets()).isFalse();
        var accounts = Accounts.from(settings.withoutSecrets());
        settings.verify();
        var outcome = outcome(new RawRecordHandler(() -> accounts, SealCheck.NOT_REQUIRED, reverifier), forged, NOON);
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.APPLIED);
        assertThat(outcome.getReverification()).isEqualTo(ReverificationStatus.OFF);
    }

    @Test
    void the_seal_is_compared_first_and_does_not_replace_the_signature() {
        var seal = "seal: {ingress: 'env:INGRESS'}\n";
        var unsealed = outcome(seal, stripe(SECRET, NOON), NOON);
        assertThat(unsealed.getReason()).isEqualTo("NOT_SEALED");
        assertThat(unsealed.getReverification()).isEqualTo(ReverificationStatus.NOT_ATTEMPTED);
        var sealedForgery = stripe("whsec_of_somebody_else", NOON);
        Sealer.from(settings(seal), SealRole.INGRESS).orElseThrow().seal(sealedForgery);
        assertThat(outcome(seal, sealedForgery, NOON).getReason()).isEqualTo("INVALID_SIGNATURE");
    }

    @Test
    void a_sample_is_the_same_when_records_are_read_again() {
        var first = statuses(400);
        assertThat(statuses(400)).isEqualTo(first);
        assertThat(first).containsOnly(ReverificationStatus.FAILED, ReverificationStatus.NOT_SAMPLED);
        assertThat(first.stream().filter(ReverificationStatus.FAILED::equals).count())
                .isBetween(60L, 140L);
    }

    private List<ReverificationStatus> statuses(int count) {
        var handler = handler("processor: {reverify: sample, reverify-percent: 25}\n");
        try (var stage = new Stage(handler)) {
            var statuses = new ArrayList<ReverificationStatus>();
            for (var i = 0; i < count; i++) {
                statuses.add(stage.outcome(stripe("whsec_of_somebody_else", NOON), NOON)
                        .getReverification());
            }
            return statuses;
        }
    }

    private void assertRefused(ProducerRecord<byte[], byte[]> record, String why) {
        var outcome = outcome("", record, NOON);
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.UNPROCESSABLE);
        assertThat(outcome.getReason()).isEqualTo("INVALID_SIGNATURE");
        assertThat(outcome.getDetail()).contains(why);
        assertThat(outcome.getReverification()).isEqualTo(ReverificationStatus.FAILED);
        assertThat(outcome.getRaw().getValue().array()).isEqualTo(record.value());
    }

    private double counted(String gateway, String status) {
        return meters.get("ipn.processor.reverifications")
                .tag("gateway", gateway)
                .tag("status", status)
                .counter()
                .count();
    }

    private Outcome outcome(String sections, ProducerRecord<byte[], byte[]> record, Instant readAt) {
        return outcome(handler(sections), record, readAt);
    }

    private Outcome outcome(RawRecordHandler handler, ProducerRecord<byte[], byte[]> record, Instant readAt) {
        try (var stage = new Stage(handler)) {
            return stage.outcome(record, readAt);
        }
    }

    private static RawRecordHandler handler(String sections) {
        var settings = settings(sections);
        var handler = new RawRecordHandler(
                new RunningAccounts(Accounts.from(settings), settings),
                SealCheck.from(settings),
                Reverifier.from(settings));
        settings.verify();
        return handler;
    }

    /** The processor, with an empty state. */
    private final class Stage implements AutoCloseable {
        private final TopologyTestDriver driver;
        private final TestInputTopic<byte[], byte[]> raw;
        private final TestOutputTopic<String, Outcome> outcomes;

        Stage(RawRecordHandler handler) {
            var properties = new Properties();
            properties.put(
                    StreamsConfig.STATE_DIR_CONFIG,
                    folder.resolve(Integer.toString(stages++)).toString());
            driver = new TopologyTestDriver(
                    PaymentTopology.build(KAFKA, handler, meters, Stores::inMemoryKeyValueStore), properties, NOON);
            raw = driver.createInputTopic("ipn.raw", new ByteArraySerializer(), new ByteArraySerializer());
            outcomes = driver.createOutputTopic(
                    "ipn.outcomes", new StringDeserializer(), KAFKA.serdes().deserializer(Outcome.class));
        }

        Outcome outcome(ProducerRecord<byte[], byte[]> record, Instant readAt) {
            raw.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), readAt));
            return outcomes.readValue();
        }

        @Override
        public void close() {
            driver.close();
        }
    }

    private static ProducerRecord<byte[], byte[]> stripe(String secret, Instant at) {
        var body =
                "{'id':'evt_1','object':'event','type':'payment_intent.succeeded','created':%d,'livemode':false,'data':{'object':{'id':'pi_1','object':'payment_intent','amount':2500,'amount_received':2500,'currency':'usd'}}}"
                        .formatted(NOON.getEpochSecond())
                        .replace('\'', '"');
        var record = record("/ipn/stripe/main", "stripe/main/pi_1", body, at, "hmac-sha256 env:STRIPE");
        record.headers().add("http.stripe-signature", utf8(StripeSignature.sign(body.getBytes(UTF_8), secret, at)));
        return record;
    }

    private static ProducerRecord<byte[], byte[]> paypalIpn() {
        var body = "payment_status=Completed&txn_id=TX1&txn_type=web_accept&receiver_email=shop%40example.com"
                + "&business=shop%40example.com&mc_gross=25.00&mc_currency=USD&test_ipn=1"
                + "&payment_date=05%3A00%3A00+Sep+01%2C+2026+PDT&charset=utf-8&ipn_track_id=abc123";
        return record("/ipn/paypal-ipn/main", "paypal-ipn/main/TX1", body, NOON, "post-back paypal");
    }

    private static ProducerRecord<byte[], byte[]> record(
            String source, String key, String body, Instant receivedAt, String verifiedBy) {
        var record = new ProducerRecord<>("ipn.raw", utf8(key), utf8(body));
        record.headers()
                .add(Headers.CE_ID, utf8(key))
                .add(Headers.CE_SOURCE, utf8(source))
                .add(Headers.RECEIVED_AT, utf8(receivedAt))
                .add(Headers.VERIFIED_BY, utf8(verifiedBy));
        return record;
    }

    private static byte[] utf8(Object text) {
        return text.toString().getBytes(UTF_8);
    }

    private static Settings settings(String sections) {
        return Settings.parse(GATEWAYS + sections, ENVIRONMENT, Path.of(""));
    }
}
