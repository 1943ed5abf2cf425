package ipn.app.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.app.simulator.Outgoing;
import ipn.avro.Claim;
import ipn.avro.Entitlement;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.avro.SettledPayment;
import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.processor.Decider;
import ipn.processor.PaymentTopology;
import ipn.projector.EntitlementTopology;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Processor and projector, one behind the other, without a broker: what goes in are deliveries as the ingress stores them. */
final class Chain implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-09-01T14:00:00Z");
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://chain"), TopicCatalogue.defaults());

    private static final IpnConfig CONFIG =
            IpnConfig.from(SettingsSource.builtIn(Map.of()).read(), Path.of("unused"));

    private final Accounts accounts;
    private final TopologyTestDriver processor;
    private final TopologyTestDriver projector;
    private final TestInputTopic<String, byte[]> raw;
    private final TestOutputTopic<String, Outcome> decided;
    private final TestInputTopic<String, Outcome> outcomes;
    private final TestOutputTopic<String, PaymentState> payments;
    private final TestOutputTopic<String, Entitlement> entitlements;
    private final List<TestRecord<String, byte[]>> stored = new ArrayList<>();
    private final Map<String, PaymentState> paymentsNow = new HashMap<>();
    private final Map<String, Entitlement> entitlementsNow = new HashMap<>();

    Chain(Path folder) {
        this(folder, CONFIG.accounts());
    }

    Chain(Path folder, Accounts accounts) {
        this.accounts = accounts;
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        processor = driver(PaymentTopology.build(KAFKA, new Decider(accounts), new SimpleMeterRegistry()), folder);
        projector = driver(EntitlementTopology.build(KAFKA, CONFIG.products(), clock), folder);
        raw = processor.createInputTopic("ipn.raw", new StringSerializer(), new ByteArraySerializer());
        decided = processor.createOutputTopic(
                "ipn.outcomes", new StringDeserializer(), KAFKA.serdes().deserializer(Outcome.class));
        payments = processor.createOutputTopic(
                "ipn.payments", new StringDeserializer(), KAFKA.serdes().deserializer(PaymentState.class));
        outcomes = projector.createInputTopic(
                "ipn.outcomes", new StringSerializer(), KAFKA.serdes().serializer(Outcome.class));
        entitlements = projector.createOutputTopic(
                "ipn.entitlement-state",
                new StringDeserializer(),
                KAFKA.serdes().deserializer(Entitlement.class));
    }

    private static TopologyTestDriver driver(Topology topology, Path folder) {
        var properties = new Properties();
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state-" + System.nanoTime()).toString());
        return new TopologyTestDriver(topology, properties, NOW);
    }

    /** A gateway delivers; everything that follows has followed when this returns. */
    void deliver(AccountId id, Outgoing outgoing) {
        var account = accounts.find(id.gateway(), id.account()).orElseThrow();
        var delivery = outgoing.received(NOW);
        for (var item : account.identify(delivery)) {
            var headers = new RecordHeaders();
            headers.add(Headers.CE_SOURCE, id.path().getBytes(UTF_8))
                    .add(Headers.RECEIVED_AT, NOW.toString().getBytes(UTF_8));
            headers.add(Headers.CE_ID, item.eventKey().getBytes(UTF_8));
            delivery.header("content-type").ifPresent(type -> headers.add(Headers.CONTENT_TYPE, type.getBytes(UTF_8)));
            account.keptHeaders()
                    .forEach(name -> delivery.headers(name)
                            .forEach(value -> headers.add(Headers.HTTP_PREFIX + name, value.getBytes(UTF_8))));
            store(new TestRecord<>(item.paymentKey(), delivery.body().array(), headers, NOW));
        }
    }

    /** The same for what stands in {@code ipn.raw}. */
    void store(TestRecord<String, byte[]> record) {
        stored.add(record);
        raw.pipeInput(record);
        decided.readRecordsToList().forEach(outcomes::pipeInput);
        paymentsNow.putAll(payments.readKeyValuesToMap());
        entitlementsNow.putAll(entitlements.readKeyValuesToMap());
    }

    /** What stands in {@code ipn.raw}, in order. */
    List<TestRecord<String, byte[]>> stored() {
        return stored;
    }

    /** Newest state of each payment. */
    Map<String, PaymentState> payments() {
        return paymentsNow;
    }

    /** The claims a payment key makes now. */
    List<Claim> claims(String paymentKey) {
        var settled = projector
                .<String, SettledPayment>getKeyValueStore("settled-payments")
                .get(paymentKey);
        return settled == null ? List.of() : settled.getClaims();
    }

    /** Newest state of each entitlement. */
    Map<String, Entitlement> entitlements() {
        return entitlementsNow;
    }

    /** Dead letters so far. */
    long deadLetters() {
        return projector
                .createOutputTopic("ipn.dlq", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .getQueueSize();
    }

    @Override
    public void close() {
        processor.close();
        projector.close();
    }
}
