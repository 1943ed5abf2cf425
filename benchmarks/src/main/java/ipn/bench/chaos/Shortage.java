package ipn.bench.chaos;

import ipn.bench.load.StageProcess;
import ipn.bench.measure.FileLimit;
import ipn.polling.Polling;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Takes from a stage the disk or the memory that it needs, and starts it again as often as it ends, as a supervisor does.
 *
 * @param stage that is short of something
 * @param lasts for how long
 */
record Shortage(StageProcess stage, Duration lasts) {
    /** Too little for the clients of a stage. */
    private static final String SMALL_HEAP = "-Xmx32m";

    private static final int LOOK_MILLIS = 100;
    private static final Duration START_MAX = Duration.ofMinutes(1);

    /** A way to start the stage again. */
    @FunctionalInterface
    private interface Start {
        void start() throws IOException, InterruptedException;
    }

    /**
     * Files of the stage cannot grow while it restores its state.
     *
     * @param state that is lost before
     */
    void ofDisk(LocalState state) throws IOException, InterruptedException {
        state.lose();
        // its libraries are unpacked by then
        var opened = Polling.upTo(START_MAX).every(Duration.ofMillis(10)).until(() -> state.opened() || !stage.alive());
        if (!opened) {
            throw new IOException("%s: opens no store within %s after its start".formatted(stage, START_MAX));
        }
        var unused = FileLimit.FULL.set(stage.pid());
        report("full disk", supervise(() -> {
            stage.startAgain();
            var ended = FileLimit.FULL.set(stage.pid());
        }));
        if (!FileLimit.NONE.set(stage.pid())) {
            stage.startAgain();
        }
    }

    /** The stage has too little memory. */
    void ofMemory() throws IOException, InterruptedException {
        stage.close();
        var usual = stage.startAgainWithHeap(SMALL_HEAP);
        report("small heap", supervise(stage::startAgain));
        stage.kill();
        var unused = stage.startAgainWithHeap(usual);
    }

    private int supervise(Start start) throws IOException, InterruptedException {
        var until = System.nanoTime() + lasts.toNanos();
        var ended = 0;
        while (System.nanoTime() < until) {
            if (!stage.alive()) {
                ended++;
                start.start();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return ended;
    }

    private void report(String cause, int ended) {
        System.err.printf("    %s ended %d time(s): %s%n", stage, ended, cause);
    }
}
