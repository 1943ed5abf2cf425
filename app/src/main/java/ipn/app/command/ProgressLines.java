package ipn.app.command;

import ipn.app.output.Terminal;
import ipn.operations.topic.Progress;
import java.time.Duration;

/** Prints the progress of a long task where there is no terminal: a line now and then. */
public final class ProgressLines implements Progress {
    private static final long EVERY = Duration.ofSeconds(10).toNanos();
    private static final int PERCENT = 100;

    private final Terminal terminal;
    private long next = System.nanoTime() + EVERY;

    public ProgressLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void at(String step, long done, long total) {
        if (System.nanoTime() - next >= 0) {
            next = System.nanoTime() + EVERY;
            terminal.printErr("%d%% %s".formatted(PERCENT * done / Math.max(1, total), step));
        }
    }
}
