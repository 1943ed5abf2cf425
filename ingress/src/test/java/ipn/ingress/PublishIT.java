package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.RejectedAttempt;
import ipn.embedded.KafkaUnderTest;
import ipn.topics.TopicCatalogue;
import ipn.topics.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands in Kafka afterwards. */
class PublishIT {
    private static TopicCatalogue topics;
    private static Live ingress;

    @BeforeAll
    static void start() {
        var kafka = KafkaUnderTest.shared();
        topics = kafka.createTopics(PublishIT.class, 2);
        // weaker settings than ours are not taken
        var weak = Map.of("acks", "0", "enable.idempotence", "false", "retries", "0", "max.block.ms", "60000");
        ingress = new Live(
                        "body-bytes-max: 4194304, publish-timeout: PT2S",
                        Clock.fixed(Post.NOW, ZoneOffset.UTC),
                        Live.kafka(kafka.bootstrapServers(), topics, weak),
                        TestAccount.main(),
                        new TestAccount("slow", TestAccount.SECRET).slowly())
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        ingress.close();
    }

    private static List<ConsumerRecord<byte[], byte[]>> raw(String key) {
        return RawTopic.read(KafkaUnderTest.shared().bootstrapServers(), topics.name(TopicCatalogue.RAW)).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(key))
                .toList();
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        var all = new ArrayList<String>();
        record.headers()
                .forEach(header -> all.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)));
        return all;
    }

    @Test
    void a_record_is_the_exact_body_with_the_headers_of_the_contract() {
        var body = "pay_exact evt_1 \u00e9\0\r\t".getBytes(StandardCharsets.ISO_8859_1);
        var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        var post = Post.signed(body)
                .replacing("Content-Type", "content-TYPE: application/json; charset=utf-8")
                .with("Test-Version: 2")
                .with("test-version: \u00fc")
                .with("traceparent: " + trace)
                .with("Cookie: not-kept");
        assertThat(ingress.answerTo(post).status()).isEqualTo(200);

        var record = raw("test/main/pay_exact").get(0);
        assertThat(record.value()).isEqualTo(body);
        assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(headers(record))
                .containsExactlyInAnyOrder(
                        "ce_specversion=1.0",
                        "ce_id=test/main/evt_1",
                        "ce_source=/ipn/test/main",
                        "ce_type=paid",
                        "ce_time=2030-06-01T12:00:00Z",
                        "content-type=application/json; charset=utf-8",
                        "ipn.received-at=2030-06-01T12:00:00Z",
                        "ipn.verified-by=hmac-sha256 env:TEST_SECRET",
                        "http.test-signature=" + TestAccount.signature(TestAccount.SECRET, Post.NOW, body),
                        "http.test-version=2",
                        "http.test-version=\u00fc",
                        "traceparent=" + traceparent(record));
        // the caller is a stranger: the trace is ours
        assertThat(TraceParent.parse(traceparent(record)).orElseThrow().traceId())
                .isNotEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    private static String traceparent(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8);
    }

    @Test
    void each_item_of_a_batch_is_a_record_with_the_whole_body() {
        var body = "pay_b1 evt_1\npay_b2 evt_2";
        assertThat(ingress.answerTo(Post.signed(body)).status()).isEqualTo(200);
        for (var n : List.of(1, 2)) {
            var record = raw("test/main/pay_b" + n).get(0);
            assertThat(record.value()).asString().isEqualTo(body);
            assertThat(headers(record)).contains("ipn.item=" + (n - 1), "ce_id=test/main/evt_" + n);
        }
    }

    @Test
    void a_slow_signature_is_stored_as_well() {
        var post = Post.signed("pay_slow evt_1").to("POST /ipn/test/slow HTTP/1.1");
        assertThat(ingress.answerTo(post).status()).isEqualTo(200);
        assertThat(raw("test/slow/pay_slow")).hasSize(1);
    }

    @Test
    void what_names_no_event_is_stored_under_its_hash() {
        for (var body : List.of("", "null", "x")) {
            assertThat(ingress.answerTo(Post.signed(body)).status()).isEqualTo(200);
            var key = "test/main/unidentified:" + TestAccount.bytes(body).sha256();
            assertThat(raw(key))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).asString().isEqualTo(body));
        }
    }

    @Test
    void the_largest_body_the_settings_allow_fits_into_the_topic() {
        var body = new byte[4 * 1024 * 1024];
        assertThat(ingress.answerTo(Post.signed(body)).status()).isEqualTo(200);
        assertThat(raw("test/main/unidentified:"
                        + ipn.gateway.content.Bytes.wrap(body).sha256()))
                .hasSize(1);
    }

    @Test
    void a_rejected_attempt_leaves_a_line_and_no_raw_record() {
        assertThat(ingress.answerTo(Post.unsigned("pay_forged evt_1")).status()).isEqualTo(401);
        var topic = topics.name(TopicCatalogue.REJECTED);
        var servers = KafkaUnderTest.shared().bootstrapServers();
        Ingress.await("it is noted", () -> !RawTopic.read(servers, topic).isEmpty());
        var line = RawTopic.read(servers, topic).get(0);
        try (var avro = ingress.kafka.serdes().deserializer(RejectedAttempt.class)) {
            assertThat(new String(line.key(), StandardCharsets.UTF_8)).isEqualTo("main");
            assertThat(avro.deserialize(topic, line.value()).getReason()).isEqualTo("SIGNATURE_MISSING");
        }
        assertThat(raw("test/main/pay_forged")).isEmpty();
    }

    @Test
    void a_record_the_topic_does_not_take_is_413_and_never_dropped_silently() throws Exception {
        try (var small = liveOn("small", Map.of("max.message.bytes", "10000"))) {
            assertThat(small.answerTo(Post.signed("x".repeat(20_000))).status()).isEqualTo(413);
            assertThat(small.answerTo(Post.signed("pay_1 evt_1")).status()).isEqualTo(200);
        }
    }

    @Test
    void without_the_topic_it_is_503_until_it_is_back() throws Exception {
        try (var machine = new MachineLag();
                var live = liveOn("shaky", Map.of());
                var admin = admin()) {
            var topic = live.kafka.topics().name(TopicCatalogue.RAW);
            assertThat(live.answerTo(Post.signed("pay_1 evt_1")).status()).isEqualTo(200);

            admin.deleteTopics(Set.of(topic)).all().get();
            Ingress.await(
                    "refused", () -> live.answerTo(Post.signed("pay_2 evt_2")).status() == 503);
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            Ingress.await(
                    "stored again",
                    () -> live.answerTo(Post.signed("pay_3 evt_3")).status() == 200);
            assertThat(live.lagMillisMax()).isLessThan(100 + machine.millisMax());
        }
    }

    private static Live liveOn(String name, Map<String, String> topicSettings) throws Exception {
        var catalogue = new TopicCatalogue(topics.prefix() + name + ".", 1, (short) 1);
        try (var admin = admin()) {
            var raw = new NewTopic(catalogue.name(TopicCatalogue.RAW), 1, (short) 1).configs(topicSettings);
            var deferred = new NewTopic(catalogue.name(TopicCatalogue.RAW_DEFERRED), 1, (short) 1);
            admin.createTopics(List.of(raw, deferred)).all().get();
        }
        var kafka = Live.kafka(KafkaUnderTest.shared().bootstrapServers(), catalogue, Map.of());
        return new Live("publish-timeout: PT1S", Clock.fixed(Post.NOW, ZoneOffset.UTC), kafka, TestAccount.main())
                .awaitReady();
    }

    private static Admin admin() {
        return Admin.create(Map.<String, Object>of(
                "bootstrap.servers", KafkaUnderTest.shared().bootstrapServers()));
    }
}
