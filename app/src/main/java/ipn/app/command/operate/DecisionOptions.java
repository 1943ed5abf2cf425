package ipn.app.command.operate;

import ipn.app.UserException;
import ipn.app.command.OperatorOption;
import ipn.operations.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The name of the operator and the reason in free text, stored with the decision. */
public final class DecisionOptions {
    @Mixin
    private OperatorOption by = new OperatorOption();

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description =
                    "Reason of the decision, in free text; stored with it. Optional, unless the description above requires it.")
    @Nullable
    private String why;

    void why(String text) {
        why = text;
    }

    public Operator operator() {
        return operator(by.name(), Optional.ofNullable(why));
    }

    /** @throws UserException if the name or the reason is missing or too long */
    public static Operator operator(String by, Optional<String> why) {
        try {
            return new Operator(by, why);
        } catch (IllegalArgumentException e) {
            throw UserException.usage("--" + e.getMessage());
        }
    }
}
