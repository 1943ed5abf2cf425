package ipn.app.command;

import picocli.CommandLine.Option;

/** The name of the operator, stored with the decision. */
public final class OperatorOption {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Name of the operator, stored with the decision. Default: your user name on this machine.")
    private String by = "";

    public String name() {
        return by;
    }
}
