package ipn.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line, with the options of all commands. */
@Command(
        name = "ipn",
        description = "Turns notifications of payment gateways into payment state and entitlements.",
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
            description =
                    "Settings file. Default: ipn.yaml, if it exists. 'built-in': the test settings of demo and up.")
    @Nullable
    String config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:IPN_DATA:-data}",
            description = "Folder of the data of the embedded stack; kept over restarts. Default: data.")
    Path data = Path.of("data");

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON instead of tables.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Print log lines and stack traces as well.")
    boolean verbose;

    /** The settings file that {@code --config} names. */
    Optional<String> config() {
        return Optional.ofNullable(config).filter(text -> !text.isBlank() && !text.equals("null"));
    }
}
