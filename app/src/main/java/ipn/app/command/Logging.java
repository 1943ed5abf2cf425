package ipn.app.command;

import java.nio.file.Path;
import java.util.Map;

/** Configures where log lines go. Must run before the first logger is created. */
final class Logging {
    private static final String CONFIGURATION = "logback.configurationFile";

    /** A stage logs JSON to standard output, the embedded stack logs to a file, other commands log errors only. */
    private static final Map<String, String> BY_COMMAND = Map.of(
            "demo", "logback-file.xml",
            "up", "logback-file.xml",
            "ingress", "logback-stage.xml",
            "processor", "logback-stage.xml",
            "projector", "logback-stage.xml");

    private Logging() {}

    static void configure(String command, Path data, boolean verbose) {
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
