package ipn.app.command;

import picocli.CommandLine.Option;

/** Who decides, kept with the decision. */
final class ByOption {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who decides. Default: you.")
    private String by = "";

    String name() {
        return by;
    }
}
