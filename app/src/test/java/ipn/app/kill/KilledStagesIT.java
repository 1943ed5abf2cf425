package ipn.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.FreePorts;
import ipn.app.SettingsSource;
import ipn.app.kill.Purchase.Access;
import ipn.app.kill.Purchase.Payment;
import ipn.app.kill.Purchase.Sent;
import ipn.app.kill.Topics.Read;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.operations.conservation.ConservationCheck;
import ipn.operations.topic.Progress;
import ipn.polling.Polling;
import ipn.simulator.DeliveryClient;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processor and projector are killed with SIGKILL while they have written records and not committed them. Afterwards the
 * topics must hold what they would hold without any kill: nothing is lost, and nothing is there twice.
 */
@Timeout(300)
class KilledStagesIT {
    /** Other seeds: {@code -Dkill.seed=7}. */
    private static final long SEED = Long.getLong("kill.seed", 1);

    private static final int KILLS_EACH = 2;
    private static final int PURCHASES = Integer.getInteger("kill.purchases", 160);
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DeliveryClient GATEWAY = new DeliveryClient();

    @TempDir
    static Path data;

    private static Stack stack;
    private static Topics topics;
    private static StageProcess processor;
    private static StageProcess projector;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() {
        // nearly all refunds wait, and are moved by the processor
        var ports = FreePorts.with(
                Map.of("IPN_TOPICS_PARTITIONS", Integer.toString(PARTITIONS), "IPN_INGRESS_REFUNDS_PER_SECOND", "1"));
        stack = Stack.start(
                new StackPlan(SettingsSource.builtIn(ports), data, EnumSet.of(Stage.INGRESS)), Announcer.SILENT);
        var kafka = stack.config().kafka();
        topics = new Topics(kafka);
        var environment = new HashMap<String, String>();
        environment.put("IPN_MANAGEMENT_PORT", "0");
        environment.put("IPN_TOPICS_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put("IPN_KAFKA_BOOTSTRAP_SERVERS", kafka.clients().get("bootstrap.servers"));
        environment.put("IPN_SCHEMA_REGISTRY_URL", kafka.registry().get("schema.registry.url"));
        // Long, so that a kill hits an open transaction.
        environment.put("IPN_PROCESSOR_COMMIT_INTERVAL", "PT0.4S");
        environment.put("IPN_PROJECTOR_COMMIT_INTERVAL", "PT0.4S");
        // Many of these purchases end, and that is no incident.
        environment.put("IPN_BRAKE_MAX", "1000000000");
        environment.put("IPN_BRAKE_SHARE", "100");
        processor = new StageProcess("processor", data, environment);
        projector = new StageProcess("projector", data, environment);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        for (var stage : new StageProcess[] {processor, projector}) {
            if (stage != null) {
                stage.close();
            }
        }
        if (topics != null) {
            topics.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void stages_killed_in_open_transactions_lose_nothing_and_repeat_nothing() throws Exception {
        var deliveries = new Deliveries(
                new Purchases(stack.settings(), Clock.systemUTC().instant()), PURCHASES, new Random(SEED));
        var early = orders(deliveries.purchases());
        write(early.subList(0, early.size() / 2));
        sendAndKill(deliveries);
        var purchases = deliveries.purchases();
        var orders = orders(purchases);
        write(orders.subList(early.size() / 2, orders.size()));
        var processed = Polling.upTo(PATIENCE)
                .every(Duration.ofMillis(100))
                .until(() -> topics.allRead("ipn-processor-deferred")
                        && topics.allRead("ipn-processor")
                        && topics.allRead("ipn-projector"));

        var softly = new SoftAssertions();
        softly.assertThat(processed).as("both stages have read everything").isTrue();
        softly.assertThat(topics.committed(TopicCatalogue.RAW_DEFERRED))
                .as("records that waited")
                .hasSizeGreaterThan(PURCHASES / 10);
        conservation(softly, deliveries.taken());
        oneOutcomePerRawRecord(softly);
        payments(softly, purchases);
        entitlements(softly, purchases);
        ledger(softly, purchases);
        softly.assertThat(topics.committed(TopicCatalogue.DLQ))
                .as("dead letters")
                .hasSize(deliveries.malformed());
        softly.assertAll();
    }

    private static List<Order> orders(List<Purchase> purchases) {
        return purchases.stream().flatMap(purchase -> purchase.order().stream()).toList();
    }

    /** Sends one part of the deliveries for each kill, and what is left. */
    private void sendAndKill(Deliveries deliveries) throws Exception {
        var size = deliveries.left() / (2 * KILLS_EACH + 1);
        for (var kill = 0; kill < KILLS_EACH; kill++) {
            killInOpenTransaction(processor, TopicCatalogue.OUTCOMES, deliveries, size);
            killInOpenTransaction(projector, TopicCatalogue.ENTITLEMENTS, deliveries, size);
        }
        send(deliveries, deliveries.left());
    }

    /** Kills the stage when a random number of its new records, or some more, can be read uncommitted, and their transaction is open. */
    private void killInOpenTransaction(StageProcess stage, String topic, Deliveries deliveries, int size)
            throws Exception {
        var killed = new AtomicBoolean();
        try (var written = topics.uncommitted(topic)) {
            var sending = CompletableFuture.runAsync(() -> sendUntil(killed, deliveries, size));
            var first = 1 + random.nextInt(20);
            await(stage, topic, () -> written.count() >= first);
            // it may have committed before it stood still: the machine decides
            for (stage.freeze(); !written.inOpenTransaction(); stage.freeze()) {
                var before = written.count();
                stage.thaw();
                await(stage, topic, () -> written.count() > before);
            }
            stage.kill();
            stage.restart();
            killed.set(true);
            sending.get();
        } finally {
            killed.set(true);
        }
    }

    /** Sends that many at once, and then one by one, so that the stage always has something to write. */
    private static void sendUntil(AtomicBoolean killed, Deliveries deliveries, int size) {
        send(deliveries, size);
        while (!killed.get()) {
            send(deliveries, 1);
            Polling.upTo(Duration.ofMillis(50)).until(killed::get);
        }
    }

    private static void await(StageProcess stage, String topic, BooleanSupplier written) {
        assertThat(Polling.upTo(PATIENCE)
                        .every(Duration.ofMillis(1))
                        .until(() -> !stage.isAlive() || written.getAsBoolean()))
                .as("new records in %s: %s", topic, stage.log())
                .isTrue();
        assertThat(stage.isAlive())
                .as("the stage that writes %s runs: %s", topic, stage.log())
                .isTrue();
    }

    private static void send(Deliveries deliveries, int count) {
        for (var sent = 0; sent < count; sent++) {
            send(deliveries.next());
        }
    }

    private static void send(Sent sent) {
        var url = stack.ingressUrl().resolve("/ipn/" + sent.gateway() + "/main");
        try {
            assertThat(GATEWAY.send(url, sent.outgoing()).status()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(List<Order> orders) throws ExecutionException, InterruptedException {
        var kafka = stack.config().kafka();
        var topic = kafka.topics().name(TopicCatalogue.ORDERS);
        try (var values = kafka.serdes().serializer(Order.class);
                var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), values)) {
            for (var order : orders) {
                producer.send(new ProducerRecord<>(topic, order.getOrderId(), order))
                        .get();
            }
        }
    }

    private static void conservation(SoftAssertions softly, int sent) {
        var kafka = stack.config().kafka();
        var stages = new ConservationCheck.Stages("ipn-processor", "ipn-projector");
        var report = new ConservationCheck(kafka, kafka.serdes(), stages).run(Progress.SILENT);
        softly.assertThat(report.findings()).as("conservation").isEmpty();
        softly.assertThat(report.waiting())
                .as("raw records above the committed offset")
                .isZero();
        softly.assertThat(report.deferred()).as("records that wait").isZero();
        // a processor that is killed may have moved a record that waited without having committed that
        softly.assertThat(report.records()).as("raw records").isGreaterThanOrEqualTo(sent);
        assertThat(report.rows()).hasSize(PARTITIONS);
        report.rows().forEach(row -> {
            softly.assertThat(row.records())
                    .as("raw records of partition %d", row.partition())
                    .isPositive();
            softly.assertThat(row.decided())
                    .as("outcomes of partition %d", row.partition())
                    .isEqualTo(row.records());
        });
    }

    private static void oneOutcomePerRawRecord(SoftAssertions softly) {
        var raw = topics.committed(TopicCatalogue.RAW).stream()
                .map(record -> record.partition() + "@" + record.offset())
                .sorted()
                .toList();
        var decided = topics.committed(TopicCatalogue.OUTCOMES, Outcome.class).stream()
                .map(read -> read.value().getSource())
                .map(source -> source.getPartition() + "@" + source.getOffset())
                .sorted()
                .toList();
        var repeated = new ArrayList<>(decided);
        raw.forEach(repeated::remove);
        softly.assertThat(repeated).as("outcomes beyond one per raw record").isEmpty();
        softly.assertThat(new TreeSet<>(decided))
                .as("raw records with an outcome")
                .isEqualTo(new TreeSet<>(raw));
    }

    private static void payments(SoftAssertions softly, List<Purchase> purchases) {
        var stored = newest(TopicCatalogue.PAYMENTS, PaymentState.class).values().stream()
                .map(KilledStagesIT::payment)
                .toList();
        var expected = purchases.stream()
                .flatMap(purchase -> purchase.payments().stream())
                .toList();
        var wrong = new ArrayList<>(stored);
        wrong.removeAll(expected);
        var missing = new ArrayList<>(expected);
        missing.removeAll(stored);
        softly.assertThat(wrong).as("payments that are not as expected").isEmpty();
        softly.assertThat(missing).as("payments that are expected").isEmpty();
        softly.assertThat(stored).as("payments").isNotEmpty().doesNotHaveDuplicates();
    }

    private static void entitlements(SoftAssertions softly, List<Purchase> purchases) {
        var expected = purchases.stream()
                .flatMap(purchase -> purchase.access().stream())
                .collect(Collectors.toMap(Access::stateKey, access -> access));
        var events = new TreeMap<String, List<EntitlementEvent>>();
        for (var read : topics.committed(TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class)) {
            var event = read.value();
            var key = Stream.of(event.getSubject(), event.getEntitlement(), event.getScope())
                    .filter(part -> part != null)
                    .collect(Collectors.joining("/"));
            events.computeIfAbsent(key, unused -> new ArrayList<>()).add(event);
        }
        softly.assertThat(events.keySet()).as("who was granted anything").isEqualTo(expected.keySet());
        events.forEach((key, of) -> softly.assertThat(of)
                .as("revisions of %s", key)
                .extracting(EntitlementEvent::getRevision)
                .isEqualTo(Stream.iterate(1L, revision -> revision + 1)
                        .limit(of.size())
                        .toList()));
        var stored = newest(TopicCatalogue.ENTITLEMENT_STATE, Entitlement.class).values();
        var last = events.values().stream().map(of -> of.get(of.size() - 1)).toList();
        softly.assertThat(stored.stream().map(Entitlement::getLast))
                .as("the last events are the state")
                .containsExactlyInAnyOrderElementsOf(last);
        events.forEach((key, of) -> {
            var access = expected.get(key);
            if (access != null) {
                var end = of.get(of.size() - 1);
                softly.assertThat(new Access(
                                key, end.getStatus().name(), access.until().map(unused -> until(end))))
                        .as("access")
                        .isEqualTo(access);
            }
        });
    }

    private static Instant until(EntitlementEvent event) {
        return Optional.ofNullable(event.getUntil()).orElse(Instant.EPOCH);
    }

    /** Sums every entry that can be read; a repeated or a lost one changes a sum, or the numbers of its key. */
    private static void ledger(SoftAssertions softly, List<Purchase> purchases) {
        var expected = new TreeMap<String, Long>();
        purchases.forEach(
                purchase -> purchase.ledger().forEach((account, sum) -> expected.merge(account, sum, Long::sum)));
        var sums = new TreeMap<String, Long>();
        var numbers = new TreeMap<String, Long>();
        var wrong = new ArrayList<String>();
        for (var read : topics.committed(TopicCatalogue.LEDGER, LedgerEntry.class)) {
            var entry = read.value();
            entry.getLines().forEach(line -> sums.merge(line.getAccount(), line.getAmount(), Long::sum));
            var next = numbers.merge(read.key(), 1L, Long::sum);
            if (!entry.getEntryId().equals(read.key() + "/" + next)) {
                wrong.add("%s (expected: number %d)".formatted(entry.getEntryId(), next));
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        softly.assertThat(wrong).as("ledger entries out of order").isEmpty();
        softly.assertThat(sums).as("sums of the ledger").isEqualTo(expected);
    }

    private static Payment payment(PaymentState state) {
        var totals = state.getTotals();
        return new Payment(
                state.getPaymentKey(),
                state.getStatus().name(),
                state.getDisputeStatus().name(),
                totals.stream().mapToLong(Totals::getCaptured).sum(),
                totals.stream().mapToLong(Totals::getRefunded).sum());
    }

    private static <V extends SpecificRecord> Map<String, V> newest(String topic, Class<V> type) {
        return topics.committed(topic, type).stream()
                .collect(Collectors.toMap(Read::key, Read::value, (older, newer) -> newer));
    }
}
