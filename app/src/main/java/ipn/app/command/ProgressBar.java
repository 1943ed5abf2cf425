package ipn.app.command;

import ipn.app.output.Terminal;
import ipn.operations.topic.Progress;

/** Shows the progress of a long task on one line of a terminal; prints nothing without a terminal. */
public final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private static final long SHOWN_ABOVE = 5_000;

    private final Terminal terminal;
    private boolean shown;

    public ProgressBar(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void at(String step, long done, long total) {
        if (terminal.colours() && total > SHOWN_ABOVE) {
            var filled = (int) (WIDTH * done / total);
            terminal.err().print("\r\u001b[K" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + " " + step);
            terminal.err().flush();
            shown = true;
        }
    }

    public void clear() {
        if (shown) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
