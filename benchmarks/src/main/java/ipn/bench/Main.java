package ipn.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ipn bench}: measured runs, apart from the ordinary build. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measured runs against a running pipeline.",
        subcommands = {LoadCommand.class, ChaosCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
