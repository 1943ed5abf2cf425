package ipn.app;

import ipn.app.command.Commands;
import ipn.app.output.Terminal;

/** The {@code ipn} command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Commands.line(System.getenv(), Terminal.system()).execute(args));
    }
}
