package ipn.app.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Outcome;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.avro.Posting;
import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict;
import ipn.processor.PaymentTopology;
import ipn.processor.RawRecordHandler;
import ipn.processor.Reverifier;
import ipn.processor.Reverifier.Mode;
import ipn.projector.EntitlementTopology;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.seal.SealCheck;
import ipn.settings.Settings;
import ipn.simulator.DeliveryClient;
import ipn.simulator.Outgoing;
import ipn.simulator.Sender;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
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
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** Processor and projector, one behind the other, without a broker: what goes in are deliveries as the ingress stores them. */
final class Chain implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-09-01T14:00:00Z");
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://chain"), TopicCatalogue.defaults());
    private static final DeliveryClient POST = new DeliveryClient();
    /** Thousands of lives at one time, in one partition: that is what the brake is for. */
    static final Map<String, String> UNBRAKED = Map.of("IPN_BRAKE_MAX", "1000000000", "IPN_BRAKE_SHARE", "100");

    private Accounts accounts;
    private final TestClock clock = new TestClock(NOW);
    private final TopologyTestDriver processor;
    private final TopologyTestDriver projector;
    private final TestInputTopic<String, byte[]> raw;
    private final TestOutputTopic<String, Outcome> decided;
    private final TestInputTopic<String, Outcome> outcomes;
    private final TestOutputTopic<String, PaymentState> payments;
    private final TestOutputTopic<String, Entitlement> entitlements;
    private final TestOutputTopic<String, LedgerEntry> ledger;
    private final TestOutputTopic<String, Discrepancy> discrepancies;
    private final TestOutputTopic<String, NotificationCommand> notifications;
    private final TestOutputTopic<byte[], byte[]> dlq;
    private final TestOutputTopic<String, EntitlementEvent> events;
    private final TestOutputTopic<String, Entitlement> shadowState;
    private final TestOutputTopic<String, Discrepancy> shadowDiscrepancies;
    private final List<EntitlementEvent> eventsSoFar = new ArrayList<>();
    private final Map<String, Entitlement> shadowNow = new HashMap<>();
    private final Map<String, Discrepancy> shadowDiscrepanciesNow = new HashMap<>();
    private final List<TestRecord<String, byte[]>> stored = new ArrayList<>();
    private final List<Outcome> outcomesSoFar = new ArrayList<>();
    private final Map<String, Discrepancy> discrepanciesNow = new TreeMap<>();
    private final List<NotificationCommand> notificationsSoFar = new ArrayList<>();
    private final List<TestRecord<byte[], byte[]>> deadLettersSoFar = new ArrayList<>();
    private final Map<String, PaymentState> paymentsNow = new HashMap<>();
    private final Map<String, Entitlement> entitlementsNow = new HashMap<>();
    private final Map<String, Map<String, Long>> books = new TreeMap<>();
    private final Map<String, List<Posting>> postings = new HashMap<>();

    /** With the products of the built-in settings. */
    Chain(Path folder, Accounts accounts) {
        this(folder, accounts, config(SettingsSource.builtIn(UNBRAKED).read()), new Reverifier(Mode.ALL, 1));
    }

    /** With the accounts and the products of these settings. */
    Chain(Path folder, IpnConfig config, Reverifier reverifier) {
        this(folder, config.accounts(), config, reverifier);
    }

    private Chain(Path folder, Accounts accounts, IpnConfig config, Reverifier reverifier) {
        this.accounts = accounts;
        var handler = new RawRecordHandler(() -> this.accounts, SealCheck.NOT_REQUIRED, reverifier);
        processor = driver(
                PaymentTopology.build(KAFKA, handler, new SimpleMeterRegistry(), Stores::inMemoryKeyValueStore),
                folder);
        projector = driver(
                EntitlementTopology.build(
                        KAFKA,
                        CatalogueHistory.always(config.projector().products()),
                        config.projector().safeguards(),
                        config.projector().notifications(),
                        new SimpleMeterRegistry(),
                        clock,
                        Stores::inMemoryKeyValueStore),
                folder);
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
        ledger = projector.createOutputTopic(
                "ipn.ledger", new StringDeserializer(), KAFKA.serdes().deserializer(LedgerEntry.class));
        discrepancies = projector.createOutputTopic(
                "ipn.discrepancies", new StringDeserializer(), KAFKA.serdes().deserializer(Discrepancy.class));
        notifications = projector.createOutputTopic(
                "ipn.notifications", new StringDeserializer(), KAFKA.serdes().deserializer(NotificationCommand.class));
        dlq = projector.createOutputTopic("ipn.dlq", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        events = projector.createOutputTopic(
                "ipn.entitlements", new StringDeserializer(), KAFKA.serdes().deserializer(EntitlementEvent.class));
        shadowState = projector.createOutputTopic(
                "ipn.shadow-state", new StringDeserializer(), KAFKA.serdes().deserializer(Entitlement.class));
        shadowDiscrepancies = projector.createOutputTopic(
                "ipn.shadow-discrepancies",
                new StringDeserializer(),
                KAFKA.serdes().deserializer(Discrepancy.class));
    }

    /** All of the settings, for what runs without Kafka. */
    static IpnConfig config(Settings settings) {
        return IpnConfig.from(settings, Path.of("unused"));
    }

    private static TopologyTestDriver driver(Topology topology, Path folder) {
        var properties = new Properties();
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state-" + System.nanoTime()).toString());
        return new TopologyTestDriver(topology, properties, NOW);
    }

    /**
     * A gateway delivers, and answers what it is asked because of it; everything that follows has followed when this returns.
     * What has nothing to show is not judged again: that is the ingress's business.
     */
    void deliver(Sender sender, Outgoing outgoing) {
        var id = sender.account();
        var account = accounts.find(id.gateway(), id.account()).orElseThrow();
        var delivery = outgoing.received(NOW);
        store(account, delivery);
        if (!outgoing.documents().isEmpty()) {
            shown(account, sender, outgoing).forEach(fetched -> store(account, fetched));
        }
    }

    /** As {@link #deliver}, and as strict as the ingress: what is not verified fails. */
    void receive(Sender sender, Outgoing outgoing) {
        var id = sender.account();
        var account = accounts.find(id.gateway(), id.account()).orElseThrow();
        register(sender, outgoing);
        var delivery = outgoing.received(now());
        var verdict =
                account.authenticate(delivery, now()).toCompletableFuture().join();
        if (!(verdict instanceof Verdict.Genuine genuine)) {
            throw new AssertionError(account.id() + ": refused: " + verdict);
        }
        store(account, delivery);
        genuine.fetched().forEach(fetched -> store(account, fetched));
    }

    private static void register(Sender sender, Outgoing outgoing) {
        try {
            if (!outgoing.documents().isEmpty()) {
                POST.register(sender.standIn().orElseThrow(), outgoing.documents());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Delivery> shown(GatewayAccount account, Sender sender, Outgoing outgoing) {
        register(sender, outgoing);
        var verdict = account.authenticate(outgoing.received(NOW), NOW)
                .toCompletableFuture()
                .join();
        if (verdict instanceof Verdict.Genuine genuine && !genuine.fetched().isEmpty()) {
            return genuine.fetched();
        }
        throw new AssertionError(account.id() + ": saw nothing of what it was told to look at: " + verdict);
    }

    /** What a gateway sent or showed, as the ingress stores it. */
    void store(GatewayAccount account, Delivery delivery) {
        var items = account.identify(delivery);
        for (var item : items) {
            var headers = new RecordHeaders();
            header(headers, Headers.CE_SOURCE, account.id().path());
            header(headers, Headers.RECEIVED_AT, now().toString());
            header(headers, Headers.CE_ID, item.eventKey());
            if (items.size() > 1) {
                header(headers, Headers.ITEM, Integer.toString(item.index()));
            }
            delivery.header("content-type").ifPresent(type -> header(headers, Headers.CONTENT_TYPE, type));
            delivery.fetchedFrom().ifPresent(url -> header(headers, Headers.FETCHED_FROM, url));
            account.keptHeaders()
                    .forEach(name -> delivery.headers(name)
                            .forEach(value -> header(headers, Headers.HTTP_PREFIX + name, value)));
            store(new TestRecord<>(item.paymentKey(), delivery.body().array(), headers, now()));
        }
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /** The same for what stands in {@code ipn.raw}. */
    void store(TestRecord<String, byte[]> record) {
        stored.add(record);
        raw.pipeInput(record);
        decided.readRecordsToList().forEach(decision -> {
            outcomesSoFar.add(decision.value());
            outcomes.pipeInput(decision);
        });
        collect();
    }

    /** The present time. */
    Instant now() {
        return clock.instant();
    }

    /** Time passes, and both stages do what is due. */
    void advance(Duration time) {
        clock.advance(time);
        processor.advanceWallClockTime(time);
        projector.advanceWallClockTime(time);
        collect();
    }

    private void collect() {
        paymentsNow.putAll(payments.readKeyValuesToMap());
        entitlementsNow.putAll(entitlements.readKeyValuesToMap());
        ledger.readValuesToList().forEach(this::book);
        discrepancies.readValuesToList().forEach(each -> discrepanciesNow.put(each.getDiscrepancyId(), each));
        notificationsSoFar.addAll(notifications.readValuesToList());
        deadLettersSoFar.addAll(dlq.readRecordsToList());
        eventsSoFar.addAll(events.readValuesToList());
        shadowNow.putAll(shadowState.readKeyValuesToMap());
        shadowDiscrepanciesNow.putAll(shadowDiscrepancies.readKeyValuesToMap());
    }

    private void book(LedgerEntry entry) {
        postings.computeIfAbsent(entry.getPaymentKey(), key -> new ArrayList<>())
                .addAll(entry.getLines());
        var balances = books.computeIfAbsent(entry.getPaymentKey(), key -> new TreeMap<>());
        entry.getLines()
                .forEach(line -> balances.merge(
                        String.join(
                                " ",
                                line.getAccount(),
                                line.getCurrency(),
                                String.valueOf(line.getProduct()),
                                line.getDay().toString()),
                        line.getAmount(),
                        Math::addExact));
        balances.values().removeIf(balance -> balance == 0);
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
        var allocation = projector
                .<String, PaymentAllocation>getKeyValueStore("payment-allocations")
                .get(paymentKey);
        return allocation == null ? List.of() : allocation.getClaims();
    }

    /** What is booked of a payment key, by account, currency, product and day. */
    Map<String, Long> books(String paymentKey) {
        return books.getOrDefault(paymentKey, Map.of());
    }

    /** All postings of a payment key. */
    List<Posting> postings(String paymentKey) {
        return postings.getOrDefault(paymentKey, List.of());
    }

    /** Newest state of each entitlement. */
    Map<String, Entitlement> entitlements() {
        return entitlementsNow;
    }

    /** All entitlement events so far. */
    List<EntitlementEvent> events() {
        return eventsSoFar;
    }

    /** Newest state of each entitlement that accounts in mode shadow would give. */
    Map<String, Entitlement> shadow() {
        return shadowNow;
    }

    /** Newest state of each discrepancy of accounts in mode shadow. */
    Map<String, Discrepancy> shadowDiscrepancies() {
        return shadowDiscrepanciesNow;
    }

    /** Newest state of each discrepancy. */
    Map<String, Discrepancy> discrepancies() {
        return discrepanciesNow;
    }

    /** Ledger entries so far, by payment key. */
    Map<String, List<Posting>> postings() {
        return postings;
    }

    /** From now on, with these accounts: as after a restart with other settings. */
    void restartWith(Accounts others) {
        accounts = others;
    }

    /** Kinds of the open discrepancies of a subject, sorted. */
    List<String> discrepancies(String subject) {
        return discrepanciesNow.values().stream()
                .filter(each -> each.getState() == DiscrepancyState.OPEN && subject.equals(each.getSubject()))
                .map(each -> each.getKind().name())
                .sorted()
                .toList();
    }

    /** The outcomes so far, one of each raw record. */
    List<Outcome> outcomes() {
        return outcomesSoFar;
    }

    /** Notifications so far. */
    List<NotificationCommand> notifications() {
        return notificationsSoFar;
    }

    /** Dead letters so far. */
    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLettersSoFar;
    }

    /** All claims of a subject to all entitlements. */
    List<Claim> claimsOf(String subject) {
        var claims = new ArrayList<Claim>();
        try (var all = projector
                .<String, EntitlementClaims>getKeyValueStore("entitlement-claims")
                .all()) {
            all.forEachRemaining(each -> claims.addAll(each.value.getClaims()));
        }
        claims.removeIf(claim -> !claim.getSubject().equals(subject));
        return claims;
    }

    @Override
    public void close() {
        processor.close();
        projector.close();
    }
}
