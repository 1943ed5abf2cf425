package ipn.projector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.BrakeCommand;
import ipn.avro.BrakeStatus;
import ipn.avro.Claim;
import ipn.avro.Decision;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.RecordPosition;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.deadletter.RulesFailedHandler;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.stream.DueTimes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** The projector without a broker: write what became of payments, read what follows, let time pass. */
final class Projection implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://projector"), TopicCatalogue.defaults());

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, Outcome> outcomes;
    private final TestInputTopic<String, Order> orders;
    private final TestInputTopic<byte[], byte[]> orderBytes;
    private final TestInputTopic<String, Claim> claims;
    private final TestOutputTopic<String, EntitlementEvent> events;
    private final TestOutputTopic<String, NotificationCommand> notifications;
    private final TestOutputTopic<String, Entitlement> states;
    private final TestOutputTopic<String, Discrepancy> discrepancies;
    private final TestOutputTopic<String, LedgerEntry> ledger;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final TestInputTopic<String, BrakeCommand> commands;
    private final TestInputTopic<String, Decision> decisions;
    private final TestOutputTopic<String, BrakeStatus> brakes;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = NOON;
    private long offset;

    Projection(Path folder) {
        this(folder, Products.CATALOGUE);
    }

    Projection(Path folder, ProductCatalogue catalogue) {
        this(folder, CatalogueHistory.always(catalogue));
    }

    Projection(Path folder, CatalogueHistory catalogues) {
        this(folder, catalogues, Safeguards.DEFAULTS);
    }

    Projection(Path folder, Safeguards safeguards) {
        this(folder, CatalogueHistory.always(Products.CATALOGUE), safeguards);
    }

    Projection(Path folder, CatalogueHistory catalogues, Safeguards safeguards) {
        var properties = new Properties();
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state-" + System.nanoTime()).toString());
        properties.putAll(RulesFailedHandler.settings("ipn.dlq", 8, meters));
        driver = new TopologyTestDriver(topology(catalogues, safeguards, meters, clock(() -> now)), properties, NOON);
        outcomes = driver.createInputTopic(
                "ipn.outcomes", new StringSerializer(), KAFKA.serdes().serializer(Outcome.class));
        orders = driver.createInputTopic(
                "ipn.orders", new StringSerializer(), KAFKA.serdes().serializer(Order.class));
        orderBytes = driver.createInputTopic("ipn.orders", new ByteArraySerializer(), new ByteArraySerializer());
        claims = driver.createInputTopic(
                "ipn.claims", new StringSerializer(), KAFKA.serdes().serializer(Claim.class));
        events = output("ipn.entitlements", EntitlementEvent.class);
        notifications = output("ipn.notifications", NotificationCommand.class);
        states = output("ipn.entitlement-state", Entitlement.class);
        discrepancies = output("ipn.discrepancies", Discrepancy.class);
        ledger = output("ipn.ledger", LedgerEntry.class);
        commands = driver.createInputTopic(
                "ipn.brake", new StringSerializer(), KAFKA.serdes().serializer(BrakeCommand.class));
        decisions = driver.createInputTopic(
                "ipn.decisions", new StringSerializer(), KAFKA.serdes().serializer(Decision.class));
        brakes = output("ipn.brake-status", BrakeStatus.class);
        deadLetters = driver.createOutputTopic("ipn.dlq", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The stage with another catalogue, on the state of this one, which is closed. */
    Projection restarted(Path folder, CatalogueHistory catalogues) {
        return restarted(folder, catalogues, Safeguards.DEFAULTS);
    }

    Projection restarted(Path folder, CatalogueHistory catalogues, Safeguards safeguards) {
        var restarted = new Projection(folder, catalogues, safeguards);
        restarted.now = now;
        restarted.offset = offset;
        driver.getAllStateStores().keySet().forEach(name -> copy(name, restarted));
        close();
        return restarted;
    }

    private void copy(String name, Projection to) {
        try (var entries = this.<Object>store(name).all()) {
            entries.forEachRemaining(entry -> to.<Object>store(name).put(entry.key, entry.value));
        }
    }

    static Topology topology(Clock clock) {
        return topology(
                CatalogueHistory.always(Products.CATALOGUE), Safeguards.DEFAULTS, new SimpleMeterRegistry(), clock);
    }

    private static Topology topology(
            CatalogueHistory catalogues, Safeguards safeguards, MeterRegistry meters, Clock clock) {
        return EntitlementTopology.build(
                KAFKA,
                catalogues,
                safeguards,
                NotificationPolicy.DEFAULTS,
                meters,
                clock,
                Stores::inMemoryKeyValueStore);
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(String topic, Class<T> type) {
        return driver.createOutputTopic(
                topic, new StringDeserializer(), KAFKA.serdes().deserializer(type));
    }

    /** A clock that shows a supplied time. */
    static Clock clock(Supplier<Instant> now) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    /** Whatever anybody wrote to a topic. */
    Projection wroteTo(String topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
        return this;
    }

    /** The processor applied something to this payment. */
    Projection applied(PaymentState.Builder payment) {
        var state = payment.build();
        return outcome(outcome(OutcomeKind.APPLIED, state.getPaymentKey())
                .setPayment(state)
                .build());
    }

    /** A checkout wrote an order. */
    Projection ordered(Order.Builder order) {
        orders.pipeInput(order.getOrderId(), order.build(), now);
        return this;
    }

    /** Whatever a checkout wrote; null values withdraw. */
    Projection wrote(String key, byte[] value) {
        orderBytes.pipeInput(key.getBytes(StandardCharsets.UTF_8), value, now);
        return this;
    }

    Projection outcome(Outcome outcome) {
        outcomes.pipeInput(outcome.getPaymentKey(), outcome, now);
        return this;
    }

    /** A payment claims this. */
    Projection claimed(Claim claim) {
        claims.pipeInput(claim.getSubject(), claim, now);
        return this;
    }

    Outcome.Builder outcome(OutcomeKind kind, String paymentKey) {
        return outcome(kind, paymentKey, ++offset);
    }

    /** @param offset of its raw record, which its event key names too */
    static Outcome.Builder outcome(OutcomeKind kind, String paymentKey, long offset) {
        return Outcome.newBuilder()
                .setKind(kind)
                .setPaymentKey(paymentKey)
                .setEventKey("stripe/main/evt_" + offset)
                .setGateway("stripe")
                .setAccount("main")
                .setEventType("some.type")
                .setSource(new RecordPosition("ipn.raw", 3, offset));
    }

    /** Time passes in steps no longer than the product's shortest wait, as a clock does. */
    Projection pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        return this;
    }

    /** The clock shows a later time, and nothing has looked at it yet. */
    Projection later(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** One tick of what works through stores. */
    Projection tick() {
        driver.advanceWallClockTime(Duration.ofMillis(100));
        return this;
    }

    Projection command(BrakeCommand command) {
        commands.pipeInput(command.getCommandId(), command, now);
        return this;
    }

    /** A person decided. */
    Projection decided(Decision decision) {
        decisions.pipeInput(decision.getAbout(), decision, now);
        return this;
    }

    /** Stores by name, to look into and to fill. */
    @SuppressWarnings("unchecked") // the type of a value is up to the store
    <V> KeyValueStore<String, V> store(String name) {
        return driver.getAllStateStores().get(name) instanceof DueTimes due
                ? (KeyValueStore<String, V>) due.store()
                : driver.getKeyValueStore(name);
    }

    /** Statuses of the brake, newest last. */
    List<BrakeStatus> brakes() {
        return brakes.readValuesToList();
    }

    /** How often a rule failed on what time changes. */
    double clockFailures() {
        return meters.get("ipn.projector.clock.failed").counter().count();
    }

    /** How often a claim, a payer or a link was left out, because there were too many. */
    double leftOut(String what) {
        return meters.get("ipn.projector.left.out").tag("what", what).counter().count();
    }

    /** How many decisions of each kind were received. */
    Map<String, Double> decisions() {
        return meters.find("ipn.projector.decisions").counters().stream()
                .filter(counter -> counter.count() > 0)
                .collect(Collectors.toMap(
                        counter -> String.valueOf(counter.getId().getTag("kind")), counter -> counter.count()));
    }

    /** A counter with these names and values of labels; 0: it was never counted. */
    double counted(String meter, String... tags) {
        return meters.find(meter).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** How often a time was measured. */
    long measured(String meter) {
        return meters.get(meter).timer().count();
    }

    Instant now() {
        return now;
    }

    List<EntitlementEvent> events() {
        return events.readValuesToList();
    }

    List<NotificationCommand> notifications() {
        return notifications.readValuesToList();
    }

    Map<String, Entitlement> states() {
        return states.readKeyValuesToMap();
    }

    List<Discrepancy> discrepancies() {
        return discrepancies.readValuesToList();
    }

    List<LedgerEntry> ledger() {
        return ledger.readValuesToList();
    }

    /** Forgets what was written to all topics but that of entitlement events, changelogs included: the driver keeps it in memory. */
    void forgetOutput() {
        var bytes = new ByteArrayDeserializer();
        driver.producedTopicNames().stream()
                .filter(topic -> !topic.equals("ipn.entitlements"))
                .forEach(topic -> driver.createOutputTopic(topic, bytes, bytes).readRecordsToList());
    }

    TestOutputTopic<byte[], byte[]> deadLetters() {
        return deadLetters;
    }

    @Override
    public void close() {
        driver.close();
    }
}
