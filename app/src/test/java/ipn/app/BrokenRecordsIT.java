package ipn.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.demo.Watch;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.app.stack.Waiting;
import ipn.avro.EntitlementEventType;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.operations.conservation.ConservationCheck;
import ipn.operations.conservation.ConservationReport;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.simulator.DeliveryClient;
import ipn.simulator.Fault;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import ipn.simulator.Senders;
import ipn.simulator.Simulator;
import ipn.topics.TopicCatalogue;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes, headers and sizes in every topic that a stage reads: each record becomes a dead letter, no thread fails, and the pipeline goes
 * on. {@code -Dbroken.records=N} sets how many for each topic.
 */
@Timeout(3_600)
class BrokenRecordsIT {
    private static final int RECORDS = Integer.getInteger("broken.records", 100);
    private static final int LARGEST = 900_000;
    private static final List<String> READ = List.of(
            TopicCatalogue.RAW,
            TopicCatalogue.OUTCOMES,
            TopicCatalogue.ORDERS,
            TopicCatalogue.ALLOCATIONS,
            TopicCatalogue.CLAIMS,
            TopicCatalogue.BRAKE);

    private final SplittableRandom random = new SplittableRandom(7);

    @TempDir
    Path data;

    @Test
    void random_records_in_every_topic_become_dead_letters_and_stop_nothing() throws Exception {
        var ports = FreePorts.variables();
        var plan = new StackPlan(SettingsSource.builtIn(ports), data, EnumSet.range(Stage.INGRESS, Stage.PROJECTOR));
        try (var stack = Stack.start(plan, Announcer.SILENT)) {
            write(stack);
            Waiting.until(
                    "a dead letter of each record",
                    Duration.ofMinutes(50),
                    () -> deadLetters(stack) >= (long) READ.size() * RECORDS);

            assertThat(deadLetters(stack)).isEqualTo((long) READ.size() * RECORDS);
            assertThat(readable(stack)).isEqualTo((long) READ.size() * RECORDS);
            var kafka = stack.config().kafka();
            var stages = new ConservationCheck.Stages("ipn-processor", "ipn-projector");
            var report = new ConservationCheck(kafka, kafka.serdes(), stages).run(Progress.SILENT);
            assertThat(report.findings())
                    .isNotEmpty() // what was written to ipn.outcomes
                    .allMatch(finding -> finding.kind() == ConservationReport.Kind.UNREADABLE);
            assertThat(report.records()).isEqualTo(RECORDS);
            assertThat(report.waiting()).isZero();
            assertThat(metrics(stack).lines().filter(line -> line.startsWith("ipn_stage_thread_failures_total")))
                    .hasSize(2)
                    .allMatch(line -> line.endsWith(" 0.0"));
            assertThat(stack.ready()).isTrue();
            grants(stack);
        }
    }

    private void write(Stack stack) throws InterruptedException, ExecutionException {
        var kafka = stack.config().kafka();
        var sent = new ArrayList<Future<RecordMetadata>>();
        try (var producer = new KafkaProducer<>(kafka.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var number = 0; number < RECORDS; number++) {
                for (var topic : READ) {
                    sent.add(producer.send(record(topic, kafka.topics().name(topic))));
                }
            }
            producer.flush();
        }
        for (var each : sent) {
            each.get();
        }
    }

    private ProducerRecord<byte[], byte[]> record(String name, String topic) {
        var isCompacted = name.equals(TopicCatalogue.ORDERS); // the broker refuses records without a key
        var key = random.nextInt(20) == 0 && !isCompacted ? null : bytes(40);
        var record = new ProducerRecord<>(topic, key, bytes(random.nextInt(200) == 0 ? LARGEST : 400));
        for (var i = random.nextInt(4); i > 0; i--) {
            record.headers().add(header(), random.nextBoolean() ? bytes(60) : null);
        }
        return record;
    }

    /** Names of headers that stages read, and others. */
    private String header() {
        var names = List.of(
                "ce_id", "ce_source", "ipn.item", "ipn.received-at", "ipn.dlq.id", "ipn.dlq.attempts", "traceparent");
        return random.nextInt(3) == 0 ? new String(bytes(12), UTF_8) : names.get(random.nextInt(names.size()));
    }

    private byte[] bytes(int lengthMax) {
        var bytes = new byte[random.nextInt(lengthMax)];
        random.nextBytes(bytes);
        if (bytes.length > 5 && random.nextBoolean()) { // the wire format, with the id of some schema
            bytes[0] = 0;
            bytes[1] = 0;
            bytes[2] = 0;
            bytes[3] = 0;
            bytes[4] = (byte) random.nextInt(30);
        }
        return bytes;
    }

    private static long deadLetters(Stack stack) {
        var kafka = stack.config().kafka();
        var count = new long[1];
        try (var reader = TopicReader.open(kafka)) {
            reader.read(reader.all(kafka.topics().name(TopicCatalogue.DLQ)), "", Progress.SILENT, record -> count[0]++);
        }
        return count[0];
    }

    /** Dead letters as an engineer lists them: one of each id. */
    private static long readable(Stack stack) {
        var kafka = stack.config().kafka();
        return new DeadLetters(kafka, kafka.serdes())
                .list(DeadLetterFilter.ALL, Integer.MAX_VALUE)
                .letters()
                .size();
    }

    private static String metrics(Stack stack) throws Exception {
        var request = HttpRequest.newBuilder(stack.managementUrl().resolve("/metrics"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static void grants(Stack stack) throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var stripe = Simulator.find("stripe").orElseThrow();
        var now = Clock.systemUTC().instant();
        var sale = new Sample(
                stripe.ids(RandomTokens.fresh()),
                Map.of(ReferenceName.SUBJECT, user, ReferenceName.PRODUCT, "premium"),
                new Money(800, "USD"),
                now);
        var simulator = new Simulator(
                stripe, Senders.find(stack.settings().read(), "stripe", "main").orElseThrow());
        try (var watch = Watch.open(stack.config().kafka())) {
            var sent = new DeliveryClient()
                    .send(
                            stack.ingressUrl().resolve("/ipn/stripe/main"),
                            simulator.notification("invoice.paid", sale, Fault.NONE, now),
                            simulator.sender().standIn());
            assertThat(sent.status()).isEqualTo(200);
            assertThat(watch.entitlementBy(user, "stripe/main/" + sale.ids().event())
                            .getType())
                    .isEqualTo(EntitlementEventType.GRANTED);
        }
    }
}
