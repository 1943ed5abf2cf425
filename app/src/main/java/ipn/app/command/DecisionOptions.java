package ipn.app.command;

import ipn.app.UserException;
import ipn.operations.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The name of the operator and the reason in free text, both required and stored with the decision. */
public final class DecisionOptions {
    @Mixin
    private OperatorOption by = new OperatorOption();

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description = "Reason of the decision, in free text; stored with it. Required.")
    @Nullable
    private String why;

    /** @throws UserException if the name is missing or too long, or if there is no reason, which is required {@code because} of this */
    public Operator operator(Session session, String because) {
        var operator = by.operator(session, Optional.ofNullable(why));
        if (operator.why().isEmpty()) {
            throw UserException.usage("--why: missing (expected: a reason, because %s)".formatted(because));
        }
        return operator;
    }
}
