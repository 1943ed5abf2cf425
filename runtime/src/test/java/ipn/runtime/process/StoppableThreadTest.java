package ipn.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StoppableThreadTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void close_ends_a_wait_of_the_work_and_waits_for_its_end() {
        var waits = new CompletableFuture<StoppableThread>();
        var ended = new CompletableFuture<Boolean>();
        try (var thread = new StoppableThread(
                "test-work", () -> ended.complete(waits.join().isClosing(LONG)))) {
            thread.start();
            assertThat(thread.isClosing()).isFalse();
            waits.complete(thread);
        }
        assertThat(ended).isCompletedWithValue(true);
    }

    @Test
    void work_that_does_not_ask_is_interrupted() {
        var interrupted = new CompletableFuture<Boolean>();
        try (var thread = new StoppableThread("test-work", () -> {
            try {
                Thread.sleep(LONG.toMillis());
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        })) {
            thread.start();
        }
        assertThat(interrupted).isCompletedWithValue(true);
    }
}
