package ipn.app.command;

import ipn.app.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line, with the options of all commands. */
@Command(
        name = "ipn",
        description =
                "Turns notifications of payment gateways into payment state and entitlements (what a user may use).",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            ExitCode.DONE_HELP,
            ExitCode.FOUND_PROBLEMS_HELP,
            ExitCode.WRONG_USAGE_HELP,
            ExitCode.NO_ANSWER_HELP
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn demo --exit                  start everything, send notifications, stop",
            "  ipn up                           run everything on this machine",
            "  ipn send stripe invoice.paid --subject u_42",
            "  ipn explain u_42",
            "  ipn explain --help               every command has its own help"
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
public final class IpnCommand {
    /** The folder of {@code --data} if the option is absent. */
    public static final Path DEFAULT_DATA = Path.of("data");

    static final Path USUAL_CONFIG = Path.of("ipn.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:IPN_CONFIG}",
            description =
                    "Settings file, or 'built-in' for the built-in test settings. Default: ipn.yaml if it exists, otherwise the built-in test settings (not for 'ingress', 'processor', 'projector', 'access' and 'query').")
    @Nullable
    String config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:IPN_DATA:-data}",
            description =
                    "Data folder of the stack that 'demo' or 'up' started. Its Kafka and schema registry are used, unless the settings name others. Default: data.")
    Path data = DEFAULT_DATA;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the result as JSON, if the command prints one.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Print log lines as well, and the stack trace of an error.")
    boolean verbose;

    /** The settings file that {@code --config} names. */
    Optional<String> config() {
        return Optional.ofNullable(config).filter(text -> !text.isBlank() && !text.equals("null"));
    }
}
