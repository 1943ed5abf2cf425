package ipn.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.app.policy.PolicyDiffReport.Kind;
import ipn.avro.DisputeStatus;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.RecordPosition;
import ipn.avro.Totals;
import ipn.decision.ApprovalPolicy;
import ipn.embedded.EmbeddedRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.operations.Operator;
import ipn.operations.decision.DecisionQuery;
import ipn.operations.policy.PolicyApplication;
import ipn.operations.topic.Progress;
import ipn.polling.Polling;
import ipn.projector.ProjectorSettings;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.history.CatalogueTopic;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A mistyped product name is mended in the settings, previewed and applied, on a real broker. */
@Timeout(180)
class PolicyIT {
    private static final int PARTITIONS = 2;
    private static final int USERS = 100;
    private static final Instant PAID =
            Instant.now().minus(Duration.ofDays(2)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);

    @TempDir
    Path folder;

    @Test
    void a_mistyped_product_is_mended_for_exactly_those_whom_the_preview_names() throws Exception {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(PolicyIT.class, PARTITIONS);
        try (var registry = EmbeddedRegistry.start(folder.resolve("schemas"), 0)) {
            var kafka = new KafkaSettings(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "true"),
                    topics);
            var mistyped = settings("premuim");
            var mended = settings("premium");
            try (var projector = mistyped.start(kafka, new SimpleMeterRegistry())) {
                send(kafka, 0, USERS);
                assertThat(Polling.upTo(Duration.ofSeconds(60))
                                .every(Duration.ofMillis(200))
                                .until(() -> projector.ready() && diff(kafka, mended.products(), PolicyIT::isWhole)))
                        .isTrue();
            }
            var digest = diff(kafka, mended.products(), PolicyIT::namesHalfOfTheUsers);
            assertThat(diff(kafka, mistyped.products(), PolicyDiffReport::isEmpty))
                    .isTrue();
            var logged = log();
            try (var projector = mended.start(kafka, new SimpleMeterRegistry())) {
                assertThat(new CatalogueTopic(kafka).read().endsWith(mended.products()))
                        .isTrue();
                assertThat(Polling.upTo(Duration.ofSeconds(60)).until(() -> concerned(logged) >= USERS))
                        .as("payments that the changed settings can concern, in the log")
                        .isTrue();
                assertThat(diff(kafka, mended.products(), PolicyDiffReport::digest))
                        .isEqualTo(digest);
                var application = new PolicyApplication(kafka, kafka.serdes(), "policy-it", Clock.systemUTC());
                var decision = application.write(
                        mended.products().version(),
                        Optional.empty(),
                        Optional.of(digest),
                        new Operator("ada", Optional.of("product name was mistyped")));
                var result = application.await(decision, USERS, Progress.SILENT);
                assertThat(result.complete()).isTrue();
                assertThat(result.changed())
                        .as("all claims name the version that judged last")
                        .isEqualTo(USERS);
                assertThat(result.failed()).isZero();
                assertThat(projector.ready()).isTrue();
                assertThat(diff(kafka, mended.products(), PolicyDiffReport::isEmpty))
                        .isTrue();
            }
            startWithOlderSettings(kafka, mistyped, mended);
            restore(kafka, mistyped, mended);
        }
    }

    private static Queue<ILoggingEvent> log() {
        var lines = new ConcurrentLinkedQueue<ILoggingEvent>();
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent line) {
                lines.add(line);
            }
        };
        appender.start();
        var logger = (Logger) LoggerFactory.getLogger(CatalogueTopic.class);
        logger.setLevel(Level.WARN); // commands log errors only
        logger.addAppender(appender);
        return lines;
    }

    /** The number of payments in the line about what changed settings can concern; 0 without such a line. */
    private static long concerned(Queue<ILoggingEvent> lines) {
        return lines.stream()
                .filter(line -> line.getKeyValuePairs() != null)
                .flatMap(line -> line.getKeyValuePairs().stream())
                .filter(pair -> pair.key.equals("payments"))
                .mapToLong(pair -> (Long) pair.value)
                .sum();
    }

    /** What is paid now is judged by the version in force: by the older settings its product would be unknown. */
    private static void startWithOlderSettings(
            KafkaSettings kafka, ProjectorSettings older, ProjectorSettings inForce) {
        var meters = new SimpleMeterRegistry();
        try (var projector = older.start(kafka, meters)) {
            send(kafka, USERS, 1);
            assertThat(Polling.upTo(Duration.ofSeconds(60))
                            .every(Duration.ofMillis(200))
                            .until(() -> projector.ready()
                                    && diff(kafka, inForce.products(), PolicyIT::payments) == USERS + 1))
                    .isTrue();
            assertThat(diff(kafka, inForce.products(), PolicyDiffReport::isEmpty))
                    .isTrue();
            assertThat(diff(kafka, older.products(), PolicyDiffReport::isEmpty)).isFalse();
            assertThat(meters.get("ipn.projector.settings.older").gauge().value())
                    .isEqualTo(1);
        }
        assertThat(new CatalogueTopic(kafka).read().endsWith(inForce.products()))
                .isTrue();
    }

    /** Afterwards the others are the older ones. */
    private static void restore(KafkaSettings kafka, ProjectorSettings older, ProjectorSettings inForce) {
        var versions = new CatalogueTopic(kafka).read();
        var decision = new PolicyApplication(kafka, kafka.serdes(), "policy-it", Clock.systemUTC())
                .restore(
                        versions.find(older.products().version()).orElseThrow(),
                        Optional.empty(),
                        new Operator("ada", Optional.of("the other name is right")));
        var restored = new CatalogueTopic(kafka).read();
        assertThat(restored.endsWith(older.products())).isTrue();
        assertThat(restored.isOlder(inForce.products())).isTrue();
        assertThat(restored.newest().orElseThrow().getDecision()).isEqualTo(decision.getDecisionId());
        assertThat(new DecisionQuery(kafka, kafka.serdes(), ApprovalPolicy.NONE)
                        .find(decision.getDecisionId(), Progress.SILENT))
                .contains(decision);
    }

    private static long payments(PolicyDiffReport preview) {
        return preview.examined().payments();
    }

    /** Whether all payments are matched, so that the preview is of the settings alone. */
    private static boolean isWhole(PolicyDiffReport preview) {
        return payments(preview) == USERS && preview.users() == USERS / 2;
    }

    private static String namesHalfOfTheUsers(PolicyDiffReport preview) {
        assertThat(preview.count(Kind.GAINS)).isEqualTo(USERS / 2);
        assertThat(preview.users()).isEqualTo(USERS / 2);
        assertThat(preview.money(Kind.GAINS)).containsExactly(Map.entry("USD", 800L * USERS / 2));
        assertThat(preview.closing()).isEqualTo(USERS / 2);
        var named = new ArrayList<String>();
        preview.users(user -> named.add(user.user()));
        assertThat(named).isSorted().hasSize(USERS / 2).doesNotHaveDuplicates();
        return preview.digest();
    }

    private static <T> T diff(KafkaSettings kafka, ProductCatalogue catalogue, Function<PolicyDiffReport, T> value) {
        var history = new CatalogueTopic(kafka).read().history().orElseThrow();
        var diff = new PolicyDiff(kafka, "policy-it", history, catalogue, Optional.empty(), Clock.systemUTC());
        try (var report = diff.run(Progress.SILENT)) {
            return value.apply(report);
        }
    }

    private ProjectorSettings settings(String product) {
        var yaml = """
                gateways: {stripe: {main: {}}}
                projector: {application-id: policy-it, threads: 1}
                products:
                  %s: {entitlement: premium, prices: {USD: 800}}
                  other: {entitlement: other, prices: {USD: 800}}
                """.formatted(product);
        var settings = Settings.parse(yaml, Map.of(), folder).withoutSecrets();
        var read = ProjectorSettings.from(settings, PARTITIONS, folder);
        settings.problems().throwIfAny();
        return read;
    }

    /** Half of the users bought what the settings called by a mistyped name. */
    private static void send(KafkaSettings kafka, int first, int count) {
        try (var values = kafka.serdes().serializer(Outcome.class);
                var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), values)) {
            for (var user = first; user < first + count; user++) {
                var key = "stripe/main/pi_" + user;
                var state = PaymentState.newBuilder()
                        .setPaymentKey(key)
                        .setGateway("stripe")
                        .setAccount("main")
                        .setLive(true)
                        .setStatus(PaymentStatus.COMPLETED)
                        .setDisputeStatus(DisputeStatus.NONE)
                        .setFraudFlagged(false)
                        .setCapturedAt(PAID)
                        .setTotals(List.of(new Totals("USD", 0L, 800L, 0L, 0L, 0L, 0L)))
                        .setReferences(Map.of("subject", "u_" + user, "product", user % 2 == 0 ? "premium" : "other"))
                        .setFacts(List.of())
                        .setEvents(List.of())
                        .build();
                var outcome = Outcome.newBuilder()
                        .setKind(OutcomeKind.APPLIED)
                        .setPaymentKey(key)
                        .setEventKey("stripe/main/evt_" + user)
                        .setGateway("stripe")
                        .setAccount("main")
                        .setEventType("payment_intent.succeeded")
                        .setSource(new RecordPosition("ipn.raw", 0, (long) user))
                        .setPayment(state)
                        .build();
                var unused =
                        producer.send(new ProducerRecord<>(kafka.topics().name(TopicCatalogue.OUTCOMES), key, outcome));
            }
            producer.flush();
        }
    }
}
