package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.report.ReportLine;
import ipn.report.ReportLine.Kind;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a settlement report among what the gateway sent. */
class ReportLinesTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final AccountId STRIPE = new AccountId("stripe", "main", false);
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://report"), TopicCatalogue.defaults());

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> raw;
    private TestOutputTopic<String, Outcome> outcomes;
    private TestOutputTopic<String, PaymentState> payments;

    @BeforeEach
    void start() {
        restart();
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void restart() {
        if (driver != null) {
            driver.close();
        }
        var accounts = Accounts.from(Settings.parse(
                "gateways: {stripe: {main: {mode: test, secrets: 'test:whsec_0123456789abcdef'}}}", Map.of(), folder));
        var properties = new Properties();
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state-" + System.nanoTime()).toString());
        var topology = PaymentTopology.build(
                KAFKA, new RawRecordHandler(accounts), new SimpleMeterRegistry(), Stores::inMemoryKeyValueStore);
        driver = new TopologyTestDriver(topology, properties, NOON);
        raw = driver.createInputTopic("ipn.raw", new StringSerializer(), new ByteArraySerializer());
        outcomes = driver.createOutputTopic(
                "ipn.outcomes", new StringDeserializer(), KAFKA.serdes().deserializer(Outcome.class));
        payments = driver.createOutputTopic(
                "ipn.payments", new StringDeserializer(), KAFKA.serdes().deserializer(PaymentState.class));
    }

    @Test
    void a_capture_that_no_notification_told_of_is_taken_from_the_report() {
        inject(capture());

        var state = payments.readKeyValuesToMap().get("stripe/main/pi_1");
        assertThat(state.getStatus()).isEqualTo(PaymentStatus.COMPLETED);
        assertThat(state.getTotals().get(0).getCaptured()).isEqualTo(2500);
        assertThat(state.getTotals().get(0).getFees()).isEqualTo(103);
        assertThat(state.getReferences()).isEqualTo(Map.of("order", "o_1"));
        assertThat(outcomes.readValue()).satisfies(outcome -> {
            assertThat(outcome.getKind()).isEqualTo(OutcomeKind.APPLIED);
            assertThat(outcome.getEventType()).isEqualTo("ipn.report.capture");
            assertThat(outcome.getEventKey()).isEqualTo("stripe/main/report:txn_1");
            assertThat(outcome.getOccurredAt()).isEqualTo(NOON);
        });
    }

    @Test
    void the_same_line_again_changes_nothing() {
        inject(capture());
        inject(capture());

        assertThat(outcomes.readValuesToList())
                .extracting(Outcome::getKind)
                .containsExactly(OutcomeKind.APPLIED, OutcomeKind.DUPLICATE);
    }

    @Test
    void the_same_line_with_another_amount_is_an_incident() {
        inject(capture());
        inject(line("txn_1", Kind.CAPTURE, "pi_1", 2400, NOON));

        assertThat(outcomes.readValuesToList())
                .extracting(Outcome::getReason)
                .containsExactly(null, "EVENT_ID_COLLISION");
    }

    @Test
    void a_notification_that_comes_after_all_merges_whichever_is_first() {
        List<Runnable> records = List.of(
                () -> inject(capture()),
                () -> inject(line("txn_2", Kind.REFUND, "re_1", 1000, NOON.plusSeconds(60))),
                () -> send("evt_1", "payment_intent.succeeded", intent(), NOON),
                () -> send("evt_2", "refund.created", refund(), NOON.plusSeconds(60)));
        var ends = new ArrayList<List<Object>>();
        for (var order :
                List.of(List.of(0, 1, 2, 3), List.of(2, 3, 0, 1), List.of(3, 1, 2, 0), List.of(1, 2, 0, 3, 1, 0))) {
            restart();
            order.forEach(index -> records.get(index).run());
            var state = payments.readKeyValuesToMap().get("stripe/main/pi_1");
            assertThat(state.getStatus()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
            assertThat(state.getTotals()).hasSize(1);
            assertThat(state.getTotals().get(0).getCaptured()).isEqualTo(2500);
            assertThat(state.getTotals().get(0).getRefunded()).isEqualTo(1000);
            ends.add(List.of(state.getFacts(), state.getEvents(), state.getReferences()));
        }
        assertThat(ends).allMatch(ends.get(0)::equals);
    }

    @Test
    void within_one_instant_the_gateways_own_word_counts() {
        inject(capture());
        send("evt_1", "payment_intent.succeeded", intent(), NOON);

        var state = payments.readKeyValuesToMap().get("stripe/main/pi_1");
        assertThat(state.getFacts())
                .filteredOn(fact -> fact.getKind() == FactKind.CAPTURED)
                .singleElement()
                .extracting(FactRow::getEventKey)
                .isEqualTo("stripe/main/evt_1");
    }

    @Test
    void what_a_gateway_sends_is_never_taken_for_a_report_line() {
        var headers = headers("stripe/main/report:txn_1", "ipn.report.capture", "hmac-sha256 1");
        headers.add("http.ipn.verified-by", "report/ada".getBytes(UTF_8));
        raw.pipeInput(new TestRecord<>("stripe/main/pi_1", capture().document().array(), headers, NOON));

        assertThat(outcomes.readValue().getKind()).isEqualTo(OutcomeKind.UNPROCESSABLE);
        assertThat(payments.isEmpty()).isTrue();
    }

    @Test
    void a_line_that_makes_no_sense_is_kept_as_a_dead_letter() {
        for (var document : List.of("{}", "[]", "{\"id\":\"x\",\"kind\":\"payout\",\"payment\":\"pi_1\"}")) {
            raw.pipeInput(new TestRecord<>(
                    "stripe/main/pi_1",
                    document.getBytes(UTF_8),
                    headers("stripe/main/report:x", "ipn.report.capture", "report/ada"),
                    NOON));
        }
        assertThat(outcomes.readValuesToList()).extracting(Outcome::getKind).containsOnly(OutcomeKind.UNPROCESSABLE);
    }

    private static ReportLine capture() {
        return line("txn_1", Kind.CAPTURE, "pi_1", 2500, NOON);
    }

    private static ReportLine line(String id, Kind kind, String fact, long amount, Instant at) {
        return new ReportLine(
                id,
                kind,
                "pi_1",
                fact,
                new Money(amount, "USD"),
                kind == Kind.CAPTURE ? Optional.of(new Money(103, "USD")) : Optional.empty(),
                at,
                "balance.csv",
                17,
                Map.of(ReferenceName.ORDER, "o_1"));
    }

    private void inject(ReportLine line) {
        var item = line.item(STRIPE);
        raw.pipeInput(new TestRecord<>(
                item.paymentKey(), line.document().array(), headers(item.eventKey(), item.type(), "report/ada"), NOON));
    }

    private static String intent() {
        return "{'id':'pi_1','object':'payment_intent','amount':2500,'amount_received':2500,'currency':'usd','metadata':{'order_id':'o_1'}}";
    }

    private static String refund() {
        return "{'id':'re_1','object':'refund','payment_intent':'pi_1','amount':1000,'currency':'usd','status':'succeeded'}";
    }

    private void send(String event, String type, String object, Instant at) {
        var body = "{'id':'%s','object':'event','type':'%s','created':%d,'livemode':false,'data':{'object':%s}}"
                .formatted(event, type, at.getEpochSecond(), object)
                .replace('\'', '"');
        raw.pipeInput(new TestRecord<>(
                "stripe/main/pi_1",
                body.getBytes(UTF_8),
                headers("stripe/main/" + event, type, "hmac-sha256 1"),
                NOON));
    }

    private static RecordHeaders headers(String event, String type, String by) {
        var headers = new RecordHeaders();
        headers.add(Headers.CE_ID, event.getBytes(UTF_8));
        headers.add(Headers.CE_SOURCE, STRIPE.path().getBytes(UTF_8));
        headers.add(Headers.CE_TYPE, type.getBytes(UTF_8));
        headers.add(Headers.CONTENT_TYPE, ReportLine.CONTENT_TYPE.getBytes(UTF_8));
        headers.add(Headers.RECEIVED_AT, NOON.plusSeconds(600).toString().getBytes(UTF_8));
        headers.add(Headers.VERIFIED_BY, by.getBytes(UTF_8));
        return headers;
    }
}
