package ipn.app.command;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Configures where log lines go. Must run before the first logger is created, hence before any class of a command is loaded: a constant with
 * an Avro enum is enough to create a logger.
 */
public final class Logging {
    private static final String CONFIGURATION = "logback.configurationFile";

    /** A stage logs JSON to standard output, the embedded stack logs to a file, other commands log errors only. */
    private static final Map<String, String> BY_COMMAND = Map.of(
            "demo", "logback-file.xml",
            "up", "logback-file.xml",
            "ingress", "logback-stage.xml",
            "processor", "logback-stage.xml",
            "projector", "logback-stage.xml",
            "access", "logback-stage.xml");

    private Logging() {}

    /** Reads the command, {@code --data} and {@code --verbose}; what is wrong with the arguments is found later, with all commands. */
    public static void configure(String... arguments) {
        var root = new IpnCommand();
        var line = new CommandLine(root).setUnmatchedArgumentsAllowed(true);
        try {
            var command = line.parseArgs(arguments).unmatched().stream().findFirst();
            configure(command.orElse(""), root.data, root.verbose);
        } catch (ParameterException e) {
            configure("", IpnCommand.DEFAULT_DATA, false);
        }
    }

    private static void configure(String command, Path data, boolean verbose) {
        setUnlessSet(CONFIGURATION, BY_COMMAND.getOrDefault(command, "logback.xml"));
        setUnlessSet("ipn.log", data.resolve("logs").resolve("ipn.log").toString());
        setUnlessSet("ipn.log.level", verbose ? "INFO" : "ERROR");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
