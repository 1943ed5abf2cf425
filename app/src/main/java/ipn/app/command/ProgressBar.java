package ipn.app.command;

import ipn.app.output.Terminal;
import ipn.operations.topic.Progress;

/** Shows the progress of a task on one line of a terminal, if it is large or lasts longer than a second. */
public final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private static final long SHOWN_ABOVE = 5_000;

    private static final long SHOWN_AFTER_NANOS = 1_000_000_000;

    private final Terminal terminal;
    private final long began = System.nanoTime();
    private boolean shown;

    public ProgressBar(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void at(String step, long done, long total) {
        if (terminal.colours() && total > 0 && (total > SHOWN_ABOVE || lastsLong())) {
            var filled = (int) (WIDTH * done / total);
            terminal.err().print("\r\u001b[K" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + " " + step);
            terminal.err().flush();
            shown = true;
        }
    }

    private boolean lastsLong() {
        return System.nanoTime() - began > SHOWN_AFTER_NANOS;
    }

    public void clear() {
        if (shown) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
