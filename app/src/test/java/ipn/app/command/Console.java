package ipn.app.command;

import ipn.app.output.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/** Runs commands as a shell would, and keeps what they print. */
public final class Console {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment;

    public Console(Map<String, String> environment) {
        this.environment = environment;
    }

    public CommandLine line() {
        return Commands.line(environment, new Terminal(new PrintWriter(out), new PrintWriter(err), false));
    }

    /** The exit code. */
    public int run(String... arguments) {
        return line().execute(arguments);
    }

    /** Forgets what was printed. */
    void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    public String output() {
        return out.toString();
    }

    public String errors() {
        return err.toString();
    }
}
