package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.polling.Polling;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stage whose broker is away for a while. */
@Timeout(180)
class StageWithoutBrokerIT extends StageAndBroker {
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
}
