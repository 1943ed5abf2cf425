package ipn.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.FactKind;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import ipn.processor.payment.Histories;
import ipn.processor.payment.Histories.Told;
import ipn.processor.payment.Payment;
import ipn.topics.ByteLimits;
import ipn.topics.EncodedSize;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.Reason;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentTopologyTest {
    private static final int RANDOM_RECORDS = Integer.getInteger("broken.records", 2_000);
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://processor"), TopicCatalogue.defaults());

    @TempDir
    private Path folder;

    private final Notebook notebook = new Notebook();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> raw;
    private TestOutputTopic<String, Outcome> outcomes;
    private TestOutputTopic<String, PaymentState> payments;

    private void start() {
        if (driver != null) {
            driver.close();
        }
        var properties = new Properties();
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state-" + System.nanoTime()).toString());
        var topology = PaymentTopology.build(
                KAFKA, new RawRecordHandler(notebook.accounts()), meters, Stores::inMemoryKeyValueStore);
        driver = new TopologyTestDriver(topology, properties, NOON);
        raw = driver.createInputTopic("ipn.raw", new StringSerializer(), new ByteArraySerializer());
        outcomes = driver.createOutputTopic(
                "ipn.outcomes", new StringDeserializer(), KAFKA.serdes().deserializer(Outcome.class));
        payments = driver.createOutputTopic(
                "ipn.payments", new StringDeserializer(), KAFKA.serdes().deserializer(PaymentState.class));
    }

    @AfterEach
    void stop() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void every_raw_record_has_one_outcome_and_applied_ones_a_state() {
        start();
        tell("evt_1", new Translation.Understood(captured()));
        tell("evt_1", new Translation.Understood(captured()));
        tell("evt_2", new Translation.Ignored("customer.created"));
        tell("evt_3", new Translation.Refused(Reason.INVALID_AMOUNT, "/amount: negative"));

        assertThat(outcomes.readValuesToList())
                .extracting(Outcome::getKind)
                .containsExactly(
                        OutcomeKind.APPLIED, OutcomeKind.DUPLICATE, OutcomeKind.IGNORED, OutcomeKind.UNPROCESSABLE);
        assertThat(payments.readKeyValuesToMap())
                .containsOnlyKeys("notebook/main/pi_1")
                .values()
                .satisfiesExactly(state -> {
                    assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
                    assertThat(state.getTotals().get(0).getCaptured()).isEqualTo(2500);
                });
    }

    @Test
    void outcome_and_state_have_the_time_of_the_raw_record_whatever_the_clock_of_the_gateway_says() {
        start();
        tell("evt_1", new Translation.Understood(Histories.captured(NOON.minusSeconds(40_000_000), 2500)));
        assertThat(outcomes.readRecord().getRecordTime()).isEqualTo(NOON);
        assertThat(payments.readRecord().getRecordTime()).isEqualTo(NOON);
    }

    @Test
    void an_unprocessable_outcome_carries_the_raw_record_whole() {
        start();
        notebook.note("evt_1", "pi_1", new Translation.Refused(Reason.MALFORMED, "not JSON"));
        var headers = headers();
        headers.add("http.x", new byte[] {(byte) 0xff, 0}).add("http.x", null).add("empty", new byte[0]);
        raw.pipeInput(new TestRecord<>(
                "notebook/main/pi_1", "evt_1 \u0000\ufffd".getBytes(StandardCharsets.UTF_8), headers, NOON));

        var whole = outcomes.readValue().getRaw();
        assertThat(whole.getKey()).isEqualTo(utf8("notebook/main/pi_1"));
        assertThat(whole.getValue()).isEqualTo(utf8("evt_1 \u0000\ufffd"));
        assertThat(whole.getHeaders()).hasSameSizeAs(headers.toArray());
        assertThat(whole.getHeaders())
                .filteredOn(header -> header.getName().equals("http.x"))
                .satisfiesExactly(
                        first -> assertThat(first.getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0})),
                        second -> assertThat(second.getValue()).isNull());
    }

    @Test
    void a_bug_in_deciding_is_an_outcome_too_and_does_not_quote_the_notification() {
        start();
        raw.pipeInput(new TestRecord<>(
                "notebook/main/unidentified:" + sha("evt_9"),
                "evt_9".getBytes(StandardCharsets.UTF_8),
                headers(),
                NOON));
        var outcome = outcomes.readValue();
        assertThat(outcome.getReason()).isEqualTo("INTERNAL_ERROR");
        assertThat(outcome.getDetail()).contains("IllegalStateException").doesNotContain("4111");
    }

    @Test
    void a_state_that_cannot_be_read_is_an_outcome_too_and_stays_as_it_is() {
        start();
        tell("evt_1", new Translation.Understood(captured()));
        var store = driver.<String, byte[]>getKeyValueStore(PaymentNode.STORE);
        var newer = PaymentState.newBuilder(state()).build();
        newer.getFacts().get(0).put("kind", FactKind.UNKNOWN);
        var stored = KAFKA.serdes().values(PaymentState.class).serializer().serialize("ipn.payments", newer);
        store.put("notebook/main/pi_1", stored);

        tell("evt_2", new Translation.Understood(captured()));

        assertThat(outcomes.readValuesToList()).extracting(Outcome::getReason).containsExactly(null, "INTERNAL_ERROR");
        assertThat(store.get("notebook/main/pi_1")).isEqualTo(stored);
    }

    @Test
    void what_no_ingress_wrote_is_unprocessable_and_stops_nobody() {
        start();
        raw.pipeInput(new TestRecord<>(null, null, new RecordHeaders(), NOON));
        raw.pipeInput(new TestRecord<>("notebook/main/pi_1", null, headers(), NOON));
        raw.pipeInput(new TestRecord<>(
                "k",
                new byte[0],
                new RecordHeaders().add(Headers.CE_SOURCE, "/ipn/nobody/x".getBytes(StandardCharsets.UTF_8)),
                NOON));
        tell("evt_1", new Translation.Understood(captured()));
        assertThat(outcomes.readValuesToList())
                .extracting(Outcome::getReason)
                .containsExactly("WRONG_ACCOUNT", "INVALID_ID", "WRONG_ACCOUNT", null);
    }

    @Test
    void a_record_under_another_payments_key_is_refused() {
        start();
        notebook.note("evt_1", "pi_1", new Translation.Understood(captured()));
        raw.pipeInput(
                new TestRecord<>("notebook/main/pi_2", "evt_1".getBytes(StandardCharsets.UTF_8), headers(), NOON));
        assertThat(outcomes.readValue().getReason()).isEqualTo("INVALID_ID");
        assertThat(payments.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "one", "-1", "+0", "0x0", " 0", "0.0", "1000000", "99999999999", "\u0660"})
    void a_record_that_does_not_say_which_item_of_its_batch_it_is_is_refused(String index) {
        start();
        notebook.note("evt_1", "pi_1", new Translation.Understood(captured()));
        var headers = headers();
        headers.add(Headers.ITEM, index == null ? null : index.getBytes(StandardCharsets.UTF_8));
        raw.pipeInput(new TestRecord<>("notebook/main/pi_1", "evt_1".getBytes(StandardCharsets.UTF_8), headers, NOON));
        var outcome = outcomes.readValue();
        assertThat(outcome.getReason()).isEqualTo("INVALID_ID");
        assertThat(outcome.getDetail()).startsWith("ipn.item: ");
        assertThat(payments.isEmpty()).isTrue();
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_order_and_repetition_through_the_topology_ends_in_the_same_state(long seed) {
        var random = new SplittableRandom(seed);
        var history = Histories.history(random);
        var shuffled = Histories.shuffledWithRedeliveries(history, random);
        var state = after(history);
        assertThat(state).as("the payment that was stored").isNotNull();
        assertThat(state.getEvents()).as("events remembered").hasSameSizeAs(history);
        assertThat(payments.readKeyValuesToMap())
                .as("the newest state that was published")
                .containsExactly(Map.entry("notebook/main/pi_1", state));
        assertThat(after(shuffled)).as("in another order, some repeated").isEqualTo(state);
        assertThat(outcomes.readValuesToList())
                .extracting(Outcome::getKind)
                .as("outcomes: of each event the first decides, each repetition is a duplicate")
                .isSubsetOf(OutcomeKind.APPLIED, OutcomeKind.UNCHANGED, OutcomeKind.DUPLICATE)
                .filteredOn(OutcomeKind.DUPLICATE::equals)
                .hasSize(shuffled.size() - history.size());
    }

    @Test
    void its_names_are_storage_formats_and_change_only_on_purpose() throws IOException {
        start();
        var topology = PaymentTopology.build(
                KAFKA,
                new RawRecordHandler(notebook.accounts()),
                new SimpleMeterRegistry(),
                Stores::inMemoryKeyValueStore);
        assertThat(topology.describe().toString().strip())
                .isEqualTo(Files.readString(Path.of("TOPOLOGY.txt")).strip());
    }

    private PaymentState after(List<Told> history) {
        start();
        history.forEach(told -> tell(told.eventKey(), new Translation.Understood(told.notification())));
        assertThat(outcomes.getQueueSize()).isEqualTo(history.size());
        return state();
    }

    private PaymentState state() {
        var stored = driver.<String, byte[]>getKeyValueStore(PaymentNode.STORE).get("notebook/main/pi_1");
        return KAFKA.serdes().deserializer(PaymentState.class).deserialize("ipn.payments", stored);
    }

    @Test
    void a_broken_value_in_the_store_is_an_outcome_and_stays_as_it_is() {
        start();
        var store = driver.<String, byte[]>getKeyValueStore(PaymentNode.STORE);
        store.put("notebook/main/pi_1", new byte[] {1, 2});

        tell("evt_1", new Translation.Understood(captured()));

        assertThat(outcomes.readValuesToList()).extracting(Outcome::getReason).containsExactly("INTERNAL_ERROR");
        assertThat(store.get("notebook/main/pi_1")).isEqualTo(new byte[] {1, 2});
    }

    @Test
    void a_record_larger_than_any_the_ingress_stores_has_an_outcome_with_its_first_bytes() {
        start();
        var key = "notebook/main/pi_1".getBytes(StandardCharsets.UTF_8);
        bytes().pipeInput(new TestRecord<>(key, new byte[8 * 1024 * 1024], headers(), NOON));

        var outcome = outcomes.readValue();
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.UNPROCESSABLE);
        assertThat(outcome.getRaw().getValue().remaining()).isEqualTo(ByteLimits.EXCERPT);
        assertThat(outcome.getRaw().getSha256()).hasSize(64);
        assertThat(outcome.getDetail()).contains("only its first bytes are kept");
    }

    @Test
    void a_state_with_more_than_fits_is_not_written() {
        start();
        tell("evt_1", new Translation.Understood(captured()));
        var before = state();
        var large = new Fact.Reference(Fact.ReferenceName.REFERENCE, "x".repeat(ByteLimits.PAYMENT_STATE));
        tell("evt_2", new Translation.Understood(new Notification("large", NOON, 0, Optional.empty(), List.of(large))));
        tell("evt_3", new Translation.Understood(new Notification("many", NOON, 0, Optional.empty(), skus())));

        assertThat(outcomes.readValuesToList())
                .extracting(Outcome::getReason)
                .containsExactly(null, "INVALID_ID", "TOO_MANY_FACTS");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void facts_that_do_not_fit_beside_money_are_left_out_and_the_outcome_names_their_number() {
        start();
        var facts = new ArrayList<Fact>(skus());
        facts.addAll(captured().facts());
        tell("evt_1", new Translation.Understood(new Notification("many", NOON, 0, Optional.empty(), facts)));

        var outcome = outcomes.readValue();
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.APPLIED);
        assertThat(outcome.getDetail()).startsWith("facts: 400 left out");
        assertThat(outcome.getPayment().getSkus()).isEmpty();
        assertThat(outcome.getPayment().getTotals()).hasSize(1);
    }

    /** More bytes of SKUs than a payment may have. */
    private static List<Fact> skus() {
        return IntStream.range(0, 400)
                .mapToObj(i -> (Fact) new Fact.Sku("x".repeat(490) + i))
                .toList();
    }

    /** Everything as long and as many as it may be. */
    @Test
    void the_largest_state_and_its_summary_are_within_their_limits() {
        start();
        var id = "x".repeat(496);
        facts(
                "money",
                i -> new Fact.Invoice(
                        id.substring(100) + (1_000 + i),
                        Fact.InvoiceStatus.PAID,
                        Optional.of("stripe/main/" + id.substring(300)),
                        new Money(1, "USD"),
                        new Money(1, "USD"),
                        Optional.of(NOON),
                        Optional.of(NOON)),
                300);
        facts(
                "reversals",
                i -> new Fact.Dispute(
                        id + (1_000 + i), Optional.of(new Money(1, "USD")), Fact.DisputeStatus.OPEN, "r".repeat(100)),
                1_000);
        facts("skus", i -> new Fact.Sku(id + (1_000 + i)), 180);
        for (var i = 0; i < Payment.SEEN_MAX; i++) {
            var type = "t".repeat(190) + (1_000 + i);
            tell(
                    "e".repeat(400) + i,
                    new Translation.Understood(new Notification(
                            type, NOON, 0, Optional.empty(), captured().facts())));
        }
        var all = outcomes.readValuesToList();
        assertThat(all).extracting(Outcome::getReason).containsOnlyNulls();
        var state = state();
        assertThat(new EncodedSize(PaymentState.getClassSchema()).of(state))
                .isBetween(ByteLimits.PAYMENT_STATE / 2, ByteLimits.PAYMENT_STATE);
        assertThat(new EncodedSize(PaymentState.getClassSchema()).of(PaymentStates.summary(state)))
                .isBetween(ByteLimits.PAYMENT_SUMMARY / 4, ByteLimits.PAYMENT_SUMMARY);
    }

    private void facts(String event, IntFunction<Fact> fact, int count) {
        var facts = IntStream.range(0, count).mapToObj(fact).toList();
        tell(
                "e".repeat(180) + event,
                new Translation.Understood(new Notification(event, NOON, 0, Optional.empty(), facts)));
    }

    @Test
    void a_key_that_is_no_text_is_kept_byte_for_byte() {
        start();
        var key = new byte[] {0, (byte) 0xc3, 0x28};
        bytes().pipeInput(new TestRecord<>(key, new byte[] {1}, headers(), NOON));

        var outcome = outcomes.readValue();
        assertThat(outcome.getReason()).isEqualTo("INVALID_ID");
        assertThat(outcome.getRaw().getKey()).isEqualTo(ByteBuffer.wrap(key));
    }

    /** Any bytes, headers and sizes: one outcome each, that holds the record byte for byte. */
    @Test
    void random_records_have_one_outcome_each() {
        start();
        var random = new SplittableRandom(42);
        var topic = bytes();
        var names = List.of("ce_id", "ce_source", "ipn.item", "ipn.received-at", "ce_time", "ipn.verified-by", "x");
        var values = List.of("+999999999-12-31T23:59:59Z", "-1", "99999999999", "/ipn/notebook/main", "\u0000", "");
        for (var number = 0; number < RANDOM_RECORDS; number++) {
            var headers = random.nextBoolean() ? headers() : new RecordHeaders();
            for (var i = random.nextInt(5); i > 0; i--) {
                var text = values.get(random.nextInt(values.size())).getBytes(StandardCharsets.UTF_8);
                headers.add(names.get(random.nextInt(names.size())), random.nextInt(3) == 0 ? bytes(random) : text);
            }
            var key = random.nextInt(10) == 0 ? null : bytes(random);
            var value = random.nextInt(10) == 0 ? null : bytes(random);
            topic.pipeInput(new TestRecord<>(key, value, headers, NOON));

            assertThat(outcomes.getQueueSize()).as("record %d", number).isEqualTo(1);
            var raw = outcomes.readValue().getRaw();
            assertThat(raw.getKey()).isEqualTo(key == null ? null : ByteBuffer.wrap(key));
            assertThat(raw.getValue()).isEqualTo(value == null ? null : ByteBuffer.wrap(value));
        }
        tell("evt_1", new Translation.Understood(captured()));
        assertThat(outcomes.readValue().getKind()).isEqualTo(OutcomeKind.APPLIED);
    }

    private static byte[] bytes(SplittableRandom random) {
        var bytes = new byte[random.nextInt(random.nextInt(100) == 0 ? 50_000 : 60)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void the_time_from_the_request_to_the_outcome_is_measured() {
        start();
        tell("evt_1", new Translation.Understood(captured()));
        var timer = meters.get("ipn.processor.received.to.outcome").timer();
        assertThat(timer.count()).isEqualTo(1);
        var age = Duration.between(NOON, Instant.now()).toSeconds();
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isBetween(age - 60.0, age + 60.0);
    }

    private TestInputTopic<byte[], byte[]> bytes() {
        return driver.createInputTopic("ipn.raw", new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void tell(String event, Translation translation) {
        notebook.note(event, "pi_1", translation);
        raw.pipeInput(new TestRecord<>(
                "notebook/main/pi_1", (event + " body").getBytes(StandardCharsets.UTF_8), headers(), NOON));
    }

    private static Notification captured() {
        return Histories.captured(NOON, 2500);
    }

    private static RecordHeaders headers() {
        var headers = new RecordHeaders();
        headers.add(Headers.CE_SOURCE, "/ipn/notebook/main".getBytes(StandardCharsets.UTF_8));
        headers.add(Headers.RECEIVED_AT, NOON.toString().getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    private static String sha(String text) {
        return Bytes.utf8(text).sha256();
    }
}
