package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.InvoiceReason;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.SubscriptionStatus;
import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.imported.ImportedSubscription;
import ipn.imported.ImportedSubscription.Period;
import ipn.imported.ImportedSubscription.Sold;
import ipn.imported.ImportedSubscription.Source;
import ipn.imported.ImportedSubscription.Terms;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** Imported subscriptions among what the gateway sent. */
class ImportedSubscriptionsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant END = NOON.plus(Duration.ofDays(20));
    private static final String KEY = "stripe/main/sub_1";
    private static final AccountId STRIPE = new AccountId("stripe", "main", false);
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://import"), TopicCatalogue.defaults());

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> raw;
    private TestOutputTopic<String, Outcome> outcomes;
    private TestOutputTopic<String, PaymentState> payments;

    @BeforeEach
    void start() {
        var accounts = Accounts.from(Settings.parse(
                "gateways: {stripe: {main: {mode: test, secrets: 'test:whsec_0123456789abcdef'}}}", Map.of(), folder));
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
        var topology = PaymentTopology.build(
                KAFKA, new RawRecordHandler(accounts), new SimpleMeterRegistry(), Stores::inMemoryKeyValueStore);
        driver = new TopologyTestDriver(topology, properties, NOON);
        raw = driver.createInputTopic("ipn.raw", new StringSerializer(), new ByteArraySerializer());
        outcomes = driver.createOutputTopic(
                "ipn.outcomes", new StringDeserializer(), KAFKA.serdes().deserializer(Outcome.class));
        payments = driver.createOutputTopic(
                "ipn.payments", new StringDeserializer(), KAFKA.serdes().deserializer(PaymentState.class));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void an_import_is_the_subscription_and_a_period_without_money() {
        send(line(NOON, Fact.SubscriptionStatus.ACTIVE));

        var state = state();
        assertThat(state.getSubscription().getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(state.getSubscription().getItems().get(0).getSkus()).containsExactly("price_premium");
        assertThat(state.getReferences()).isEqualTo(Map.of("subject", "ada"));
        assertThat(state.getTotals()).isEmpty();
        assertThat(state.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getTarget()).isEqualTo("stripe/main/pi_1"));
        assertThat(state.getInvoices()).singleElement().satisfies(invoice -> {
            assertThat(invoice.getPaid()).isZero();
            assertThat(invoice.getDue()).isEqualTo(700);
            assertThat(invoice.getUntil()).isEqualTo(END);
            assertThat(invoice.getSubscription()).isEqualTo(KEY);
            assertThat(invoice.getBreakdown().getReason()).isEqualTo(InvoiceReason.IMPORTED);
            assertThat(invoice.getBreakdown().getLines().get(0).getQuantity()).isEqualTo(2);
        });
        assertThat(outcomes.readValue()).satisfies(outcome -> {
            assertThat(outcome.getKind()).isEqualTo(OutcomeKind.APPLIED);
            assertThat(outcome.getEventType()).isEqualTo("ipn.import.subscription");
            assertThat(outcome.getEventKey()).startsWith("stripe/main/import:sub_1@2026-09-01T12:00:00Z:");
            assertThat(outcome.getOccurredAt()).isEqualTo(NOON);
        });
    }

    @Test
    void a_later_event_of_the_gateway_wins_whichever_arrives_first() {
        send("evt_1", "past_due", NOON.plusSeconds(1));
        send(line(NOON, Fact.SubscriptionStatus.ACTIVE));
        assertThat(state().getSubscription().getStatus()).isEqualTo(SubscriptionStatus.PAST_DUE);
        send("evt_2", "active", NOON.plusSeconds(2));
        assertThat(state().getSubscription().getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void within_one_instant_the_gateways_own_event_wins() {
        send("evt_1", "past_due", NOON);
        send(line(NOON, Fact.SubscriptionStatus.ACTIVE));
        assertThat(state().getFacts())
                .filteredOn(fact -> fact.getKind() == FactKind.SUBSCRIPTION)
                .singleElement()
                .extracting(FactRow::getEventKey)
                .isEqualTo("stripe/main/evt_1");
    }

    @Test
    void the_same_line_of_another_file_changes_nothing_and_another_content_is_another_event() {
        send(line(NOON, Fact.SubscriptionStatus.ACTIVE));
        var terms = line(NOON, Fact.SubscriptionStatus.ACTIVE).terms();
        send(new ImportedSubscription("sub_1", NOON, terms, new Source("other.csv", 99)));
        send(line(NOON, Fact.SubscriptionStatus.PAST_DUE));
        send(line(NOON.plusSeconds(1), Fact.SubscriptionStatus.ACTIVE));
        assertThat(outcomes.readValuesToList())
                .extracting(Outcome::getKind)
                .startsWith(OutcomeKind.APPLIED, OutcomeKind.DUPLICATE)
                .endsWith(OutcomeKind.APPLIED)
                .doesNotContain(OutcomeKind.UNPROCESSABLE);
    }

    @Test
    void a_sender_cannot_write_an_import() {
        var line = line(NOON, Fact.SubscriptionStatus.ACTIVE);
        var headers = headers(line.item(STRIPE).eventKey(), "hmac-sha256 1");
        headers.add("http.ipn.verified-by", "import/ada".getBytes(UTF_8));
        raw.pipeInput(new TestRecord<>(KEY, line.document().array(), headers, NOON));
        assertThat(outcomes.readValue().getKind()).isEqualTo(OutcomeKind.UNPROCESSABLE);
        assertThat(payments.isEmpty()).isTrue();
    }

    @Test
    void a_line_that_makes_no_sense_or_is_on_another_key_is_a_dead_letter() {
        for (var document : List.of(
                "{}",
                "[]",
                "{\"subscription\":\"sub_1\",\"asOf\":\"2026-09-01T12:00:00Z\",\"hash\":\"1\",\"status\":\"FINE\"}")) {
            raw.pipeInput(new TestRecord<>(
                    KEY, document.getBytes(UTF_8), headers("stripe/main/import:x", "import/ada"), NOON));
        }
        raw.pipeInput(new TestRecord<>(
                "stripe/main/sub_2",
                line(NOON, Fact.SubscriptionStatus.ACTIVE).document().array(),
                headers("stripe/main/import:x", "import/ada"),
                NOON));
        assertThat(outcomes.readValuesToList())
                .hasSize(4)
                .extracting(Outcome::getKind)
                .containsOnly(OutcomeKind.UNPROCESSABLE);
    }

    private static ImportedSubscription line(Instant asOf, Fact.SubscriptionStatus status) {
        var terms = new Terms(
                status,
                List.of(new Sold(List.of("price_premium"), 2)),
                Map.of(ReferenceName.SUBJECT, "ada"),
                Optional.of(new Period(END.minus(Duration.ofDays(30)), END)),
                Optional.of(END),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Money(700, "USD")),
                Optional.of("pi_1"));
        return new ImportedSubscription("sub_1", asOf, terms, new Source("subscriptions.csv", 2));
    }

    private PaymentState state() {
        return payments.readKeyValuesToMap().get(KEY);
    }

    private void send(ImportedSubscription line) {
        var item = line.item(STRIPE);
        raw.pipeInput(new TestRecord<>(
                item.paymentKey(), line.document().array(), headers(item.eventKey(), "import/ada"), NOON));
    }

    private void send(String event, String status, Instant at) {
        var body =
                "{'id':'%s','object':'event','type':'customer.subscription.updated','created':%d,'livemode':false,'data':{'object':{'id':'sub_1','object':'subscription','status':'%s','items':{'data':[]}}}}"
                        .formatted(event, at.getEpochSecond(), status)
                        .replace('\'', '"');
        raw.pipeInput(
                new TestRecord<>(KEY, body.getBytes(UTF_8), headers("stripe/main/" + event, "hmac-sha256 1"), NOON));
    }

    private static RecordHeaders headers(String event, String by) {
        var headers = new RecordHeaders();
        headers.add(Headers.CE_ID, event.getBytes(UTF_8));
        headers.add(Headers.CE_SOURCE, STRIPE.path().getBytes(UTF_8));
        headers.add(Headers.CONTENT_TYPE, ImportedSubscription.CONTENT_TYPE.getBytes(UTF_8));
        headers.add(Headers.RECEIVED_AT, NOON.plusSeconds(600).toString().getBytes(UTF_8));
        headers.add(Headers.VERIFIED_BY, by.getBytes(UTF_8));
        return headers;
    }
}
