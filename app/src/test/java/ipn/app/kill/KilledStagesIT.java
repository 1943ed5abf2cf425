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
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
        var purchases = new Purchases(stack.settings(), Clock.systemUTC().instant()).first(PURCHASES);
        var deliveries = shuffledWithRedeliveries(purchases);
        var orders = purchases.stream()
                .flatMap(purchase -> purchase.order().stream())
                .toList();
        write(orders.subList(0, orders.size() / 2));
        sendAndKill(deliveries);
        write(orders.subList(orders.size() / 2, orders.size()));
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
        conservation(softly, deliveries.size());
        oneOutcomePerRawRecord(softly);
        payments(softly, purchases);
        entitlements(softly, purchases);
        ledger(softly, purchases);
        softly.assertThat(topics.committed(TopicCatalogue.DLQ))
                .as("dead letters")
                .hasSize((int) deliveries.stream().filter(Delivery::malformed).count());
        softly.assertAll();
    }

    /** @param malformed true where it cannot be processed */
    private record Delivery(Sent sent, boolean malformed) {}

    /** Everything once and a quarter of it again, in random order. */
    private List<Delivery> shuffledWithRedeliveries(List<Purchase> purchases) {
        var all = new ArrayList<Delivery>();
        purchases.forEach(purchase ->
                purchase.deliveries().forEach(sent -> all.add(new Delivery(sent, purchase.deadLetters() > 0))));
        all.addAll(all.stream().filter(each -> random.nextInt(4) == 0).toList());
        Collections.shuffle(all, random);
        return all;
    }

    /** Sends one part of the deliveries for each kill, and one more. */
    private void sendAndKill(List<Delivery> deliveries) throws Exception {
        var parts = 2 * KILLS_EACH + 1;
        var size = deliveries.size() / parts;
        var unsent = deliveries.iterator();
        for (var kill = 0; kill < parts - 1; kill++) {
            if (kill % 2 == 0) {
                killInOpenTransaction(processor, TopicCatalogue.OUTCOMES, unsent, size);
            } else {
                killInOpenTransaction(projector, TopicCatalogue.ENTITLEMENTS, unsent, size);
            }
        }
        unsent.forEachRemaining(KilledStagesIT::send);
    }

    /** Kills the stage when a random number of its new records, or some more, can be read uncommitted, and their transaction is open. */
    private void killInOpenTransaction(StageProcess stage, String topic, Iterator<Delivery> unsent, int size)
            throws Exception {
        try (var written = topics.uncommitted(topic)) {
            var sending = CompletableFuture.runAsync(() -> sendNext(unsent, size));
            var first = 1 + random.nextInt(20);
            await(stage, topic, Duration.ofMillis(1), () -> written.count() >= first);
            // it may have committed before it stood still: the machine decides
            for (stage.freeze(); !written.inOpenTransaction(); stage.freeze()) {
                var before = written.count();
                stage.thaw();
                sending.get();
                // it may have written all that was sent
                await(stage, topic, Duration.ofMillis(50), () -> {
                    sendNext(unsent, 1);
                    return written.count() > before;
                });
            }
            stage.kill();
            stage.restart();
            sending.get();
        }
    }

    private static void await(StageProcess stage, String topic, Duration interval, BooleanSupplier written) {
        assertThat(Polling.upTo(PATIENCE).every(interval).until(() -> !stage.isAlive() || written.getAsBoolean()))
                .as("new records in %s: %s", topic, stage.log())
                .isTrue();
        assertThat(stage.isAlive())
                .as("the stage that writes %s runs: %s", topic, stage.log())
                .isTrue();
    }

    /** Sends as many as that, or all that are left. */
    private static void sendNext(Iterator<Delivery> unsent, int count) {
        for (var sent = 0; sent < count && unsent.hasNext(); sent++) {
            send(unsent.next());
        }
    }

    private static void send(Delivery delivery) {
        var sent = delivery.sent();
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
