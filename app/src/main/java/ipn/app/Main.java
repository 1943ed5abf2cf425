package ipn.app;

import ipn.app.command.Commands;
import ipn.app.command.Logging;
import ipn.app.output.Terminal;

/** The {@code ipn} command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, Terminal.system()));
    }

    /** Catches everything and exits, because threads of a partly started stack would keep the JVM alive. */
    private static int run(String[] args, Terminal terminal) {
        try {
            Logging.configure(args);
            return Commands.line(System.getenv(), terminal).execute(args);
        } catch (Throwable e) {
            e.printStackTrace(terminal.err());
            terminal.err().flush();
            return ExitCode.FOUND_PROBLEMS;
        }
    }
}
