package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.polling.Polling;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stage that makes no progress, or seems to. */
@Timeout(180)
class StalledStageIT extends StageAndBroker {
    private static final Duration BOUND = Duration.ofSeconds(3);

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
}
