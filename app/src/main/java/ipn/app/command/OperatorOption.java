package ipn.app.command;

import ipn.app.UserException;
import ipn.operations.Operator;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The name of the operator, stored with the decision. */
public final class OperatorOption {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Name of the operator, stored with the decision. Default: your user name on this machine.")
    private String by = "";

    /** @throws UserException if the name is missing, or the name or the reason is too long */
    public Operator operator(Optional<String> why) {
        try {
            return new Operator(by, why);
        } catch (IllegalArgumentException e) {
            throw UserException.usage("--" + e.getMessage());
        }
    }
}
