package ipn.app.command;

import ipn.app.UserException;
import ipn.operations.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The name of the operator, stored with the decision. */
public final class OperatorOption {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            description =
                    "Name of the operator, stored with the decision as claimed. Default: the principal of the Kafka settings (SASL or TLS), else your user name on this machine.")
    @Nullable
    private String by;

    /** @throws UserException if the name is missing, or the name or the reason is too long */
    public Operator operator(Session session, Optional<String> why) {
        try {
            return Operator.of(Optional.ofNullable(by), session.principal(), System.getProperty("user.name", ""), why);
        } catch (IllegalArgumentException e) {
            throw UserException.usage("--" + e.getMessage());
        }
    }
}
