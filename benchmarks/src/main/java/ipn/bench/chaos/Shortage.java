package ipn.bench.chaos;

import ipn.bench.load.StageProcess;
import ipn.bench.measure.FileLimit;
import ipn.polling.Polling;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Takes from a stage the disk or the memory that it needs, and starts it again as often as it ends, as a supervisor does.
 *
 * @param stage that is short of something
 * @param lasts for how long
 */
record Shortage(StageProcess stage, Duration lasts) {
    /** At the least, settings ask for 88 MiB. */
    private static final int HEAP_MIB_MIN = 100;

    private static final int HEAP_MIB = 300;

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
        // its libraries are unpacked when it opens its first store; if that takes too long, they are not
        var opened = Polling.upTo(START_MAX).every(Duration.ofMillis(10)).until(() -> state.opened() || !stage.alive());
        var running = FileLimit.FULL.set(stage.pid());
        System.err.printf("    %s: full disk%s%n", stage, opened && running ? " after its first store" : "");
        report("full disk", supervise(() -> {
            stage.startAgain();
            var unused = FileLimit.FULL.set(stage.pid());
        }));
        if (!FileLimit.NONE.set(stage.pid())) {
            stage.startAgain();
        }
    }

    /**
     * The stage has too little memory: nothing is collected, so that its heap is full at some moment while it starts, restores or works.
     *
     * @param random decides on the size of its heap at each start
     */
    void ofMemory(Random random) throws IOException, InterruptedException {
        stage.close();
        var usual = stage.startAgainWith(uncollected(random));
        report("out of memory", supervise(() -> {
            var unused = stage.startAgainWith(uncollected(random));
        }));
        stage.kill();
        var unused = stage.startAgainWith(usual);
    }

    private static List<String> uncollected(Random random) {
        return List.of(
                "-Xmx%dm".formatted(HEAP_MIB_MIN + random.nextInt(HEAP_MIB)),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-XX:+ExitOnOutOfMemoryError");
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
