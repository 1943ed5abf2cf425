package ipn.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line, with the options every command takes. */
@Command(
        name = "ipn",
        description = "Payment gateways' notifications in, payment state and entitlements out.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
public final class IpnCommand {
    static final Path USUAL_CONFIG = Path.of("ipn.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:IPN_CONFIG}",
            description = "Settings. Default: ipn.yaml, if it is there. 'built-in': the test settings of demo and up.")
    @Nullable
    String config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:IPN_DATA:-data}",
            description = "Where everything embedded keeps its records, kept over restarts. Default: data.")
    Path data = Path.of("data");

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "JSON instead of tables.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more: log lines and stack traces.")
    boolean verbose;

    /** The settings file that was asked for. */
    Optional<String> config() {
        return Optional.ofNullable(config).filter(text -> !text.isBlank() && !text.equals("null"));
    }
}
