package ipn.query.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.Findings;
import ipn.operations.conservation.RollingCheck.Step;
import ipn.operations.topic.Position;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the steps of a check become: metrics and lines of the log. */
@Timeout(30)
class ConservationWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Step NOTHING = new Step(0, 0, new Findings(Map.of(), List.of()));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ConservationWatch.class);
    private final BlockingQueue<Supplier<Step>> steps = new ArrayBlockingQueue<>(100);
    private final AtomicReference<Instant> checkedTo = new AtomicReference<>(NOON.minusSeconds(300));
    private final AtomicBoolean ended = new AtomicBoolean();

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private ConservationWatch start() {
        var check = new ConservationWatch.Check(this::step, () -> Optional.of(checkedTo.get()), () -> ended.set(true));
        return ConservationWatch.start(check, meters, Clock.fixed(NOON, ZoneOffset.UTC), Duration.ofMillis(1));
    }

    private Step step() {
        try {
            var next = steps.poll(20, TimeUnit.MILLISECONDS);
            return next == null ? NOTHING : next.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does these steps, and one more, so that they are over. */
    @SafeVarargs
    private void run(Supplier<Step>... these) {
        for (var each : these) {
            assertThat(steps.offer(each)).isTrue();
        }
        var over = new AtomicBoolean();
        assertThat(steps.offer(() -> {
                    over.set(true);
                    return NOTHING;
                }))
                .isTrue();
        assertThat(Polling.upTo(Duration.ofSeconds(10)).until(over::get)).isTrue();
    }

    private static Step fails() {
        throw new IllegalStateException("nobody answers");
    }

    private double findings(Kind kind) {
        return meters.get("ipn.conservation.findings")
                .tag("kind", kind.name())
                .counter()
                .count();
    }

    private List<String> lines(Level level) {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void all_findings_count_and_the_first_are_logged() {
        var first = new Finding(Kind.MISSING_OUTCOME, new Position("ipn.raw", 3, 17));
        var findings = new Findings(Map.of(Kind.MISSING_OUTCOME, 150L), List.of(first));
        try (var watch = start()) {
            assertThat(meters.get("ipn.conservation.checked.seconds").gauge().value())
                    .isEqualTo(NOON.getEpochSecond());
            run(() -> new Step(20, 7, findings), () -> NOTHING);
        }
        assertThat(findings(Kind.MISSING_OUTCOME)).isEqualTo(150);
        assertThat(findings(Kind.DOUBLE_OUTCOME)).isZero();
        assertThat(meters.get("ipn.conservation.records").counter().count()).isEqualTo(20);
        assertThat(meters.get("ipn.conservation.skipped").counter().count()).isEqualTo(7);
        assertThat(meters.get("ipn.conservation.checked.seconds").gauge().value())
                .isEqualTo(NOON.minusSeconds(300).getEpochSecond());
        assertThat(lines(Level.ERROR)).singleElement().asString().startsWith("Conservation is broken");
        assertThat(log.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly("kind=MISSING_OUTCOME", "topic=ipn.raw", "partition=3", "offset=17");
        assertThat(ended).isTrue();
    }

    @Test
    void a_failure_is_logged_once_until_all_is_checked_again() {
        try (var watch = start()) {
            run(ConservationWatchTest::fails, () -> NOTHING, ConservationWatchTest::fails, () -> NOTHING);
            assertThat(lines(Level.WARN)).hasSize(1);
            run(() -> {
                throw new UnsupportedOperationException("another cause");
            });
            assertThat(lines(Level.WARN)).hasSize(2);
            assertThat(lines(Level.INFO)).isEmpty();

            checkedTo.set(NOON.plusSeconds(1));
            run(() -> NOTHING);
            assertThat(lines(Level.INFO)).containsExactly("Conservation is checked again");
            run(ConservationWatchTest::fails);
            assertThat(lines(Level.WARN)).hasSize(3);
        }
    }

    @Test
    void nothing_is_checked_and_shown_where_the_settings_say_so() throws Exception {
        var kafka = new KafkaSettings(Map.of(), Map.of(), TopicCatalogue.defaults());
        var off = new ConservationSettings(0, ConservationSettings.USUAL.stages());
        try (var watch = ConservationWatch.start(kafka, off, meters, Clock.systemUTC())) {
            assertThat(meters.getMeters()).isEmpty();
        }
    }
}
