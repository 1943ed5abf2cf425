package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.polling.Polling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of a stage that has a broker of its own. */
abstract class StageAndBroker {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final CountDownLatch never = new CountDownLatch(1);
    final AtomicReference<Runnable> whileCopying = new AtomicReference<>(() -> {});
    EmbeddedBroker broker;
    CopiedTopics topics;

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

    static void await(String what, BooleanSupplier condition) {
        assertThat(Polling.upTo(PATIENCE).until(condition)).as(what).isTrue();
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    StreamsStage start(Duration bound) {
        return topics.startStage(
                folder.resolve("state"),
                record -> whileCopying.get().run(),
                meters,
                new StreamsStage.Limits(50, bound));
    }

    double stalled() {
        return meters.get("ipn.stage.stalled").tag("stage", "copy").gauge().value();
    }

    double replacements(String reason) {
        return meters.get("ipn.stage.replacements")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
