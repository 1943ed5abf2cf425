package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.polling.Polling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage that makes no progress, or seems to, on a broker of its own. */
@Timeout(180)
class StalledStageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BOUND = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicReference<Runnable> whileCopying = new AtomicReference<>(() -> {});
    private EmbeddedBroker broker;
    private CopiedTopics topics;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0, BrokerOptions.defaults());
        topics = CopiedTopics.create(broker.bootstrapServers());
    }

    @AfterEach
    void stop() {
        never.countDown();
        broker.killHard();
    }

    @Test
    void a_stage_that_cannot_write_is_not_ready_and_continues_when_it_can() {
        try (var stage = start(BOUND)) {
            topics.write("a");
            topics.awaitCopies("a");
            topics.deleteCopies();
            topics.write("b");
            await("stalled", () -> stage.missing().equals(Optional.of("makes no progress")));
            assertThat(stage.ready()).isFalse();
            assertThat(stalled()).isOne();
            await("replaced", () -> replacements("stall") > 0);
            topics.createCopies();
            topics.awaitCopies("b");
            await("ready again", stage::ready);
            assertThat(stalled()).isZero();
        }
    }

    @Test
    void a_stage_whose_thread_does_not_end_stops() throws Exception {
        whileCopying.set(() -> awaitUninterruptibly(never));
        try (var stage = start(BOUND)) {
            topics.write("a");
            stage.awaitEnd();
            assertThat(stage.ready()).isFalse();
            assertThat(stage.missing()).contains("has stopped");
            never.countDown();
        }
    }

    @Test
    void a_stage_without_work_is_ready() {
        try (var stage = start(BOUND)) {
            topics.writeInTransactions("a", "b");
            topics.abort("c");
            topics.awaitCopies("a", "b");
            assertThat(stage.awaitReady(PATIENCE)).isTrue();
            var before = replacements("stall");
            assertThat(Polling.upTo(BOUND.multipliedBy(3)).until(() -> !stage.ready()))
                    .as("became not ready")
                    .isFalse();
            assertThat(replacements("stall")).isEqualTo(before);
        }
    }

    @Test
    void a_stage_without_a_broker_says_so_and_waits() {
        try (var stage = start(Duration.ofSeconds(10))) {
            topics.write("a");
            topics.awaitCopies("a");
            broker.killHard();
            await("away", () -> stage.missing().equals(Optional.of("Kafka does not answer")));
            assertThat(Polling.upTo(Duration.ofSeconds(15)).until(() -> replacements("stall") > 0))
                    .as("replaced its clients in vain")
                    .isFalse();
            broker.restart();
            topics.write("b");
            topics.awaitCopies("a", "b");
            await("ready again", stage::ready);
        }
    }

    @Test
    void a_stage_whose_thread_failed_with_its_broker_is_not_ready_until_the_next_thread_works() {
        var written = new CountDownLatch(1);
        var copied = new AtomicInteger();
        whileCopying.set(() -> {
            if (copied.incrementAndGet() == 2) {
                awaitUninterruptibly(written);
                broker.killHard();
                throw new IllegalStateException("fails while Kafka is away");
            }
        });
        try (var stage = start(PATIENCE)) {
            topics.write("a");
            topics.awaitCopies("a");
            topics.write("b");
            written.countDown();
            await(
                    "failed",
                    () -> meters.get("ipn.stage.thread.failures").counter().count() > 0);
            await("not ready", () -> !stage.ready());
            assertThat(stage.state()).isEqualTo("RUNNING");
            broker.restart();
            topics.awaitCopies("a", "b");
            await("ready again", stage::ready);
            assertThat(replacements("stall")).isZero();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        assertThat(Polling.upTo(PATIENCE).until(condition)).as(what).isTrue();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StreamsStage start(Duration bound) {
        return topics.startStage(
                folder.resolve("state"),
                record -> whileCopying.get().run(),
                meters,
                new StreamsStage.Limits(50, bound));
    }

    private double stalled() {
        return meters.get("ipn.stage.stalled").tag("stage", "copy").gauge().value();
    }

    private double replacements(String reason) {
        return meters.get("ipn.stage.replacements")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
