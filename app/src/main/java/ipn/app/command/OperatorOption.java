package ipn.app.command;

import picocli.CommandLine.Option;

/** Who decides, kept with the decision. */
public final class OperatorOption {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who decides. Default: you.")
    private String by = "";

    public String name() {
        return by;
    }
}
