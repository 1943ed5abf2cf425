package ipn.app.command.operate;

import ipn.app.UserException;
import ipn.app.command.OperatorOption;
import ipn.operations.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who decides about dead letters, and why: kept with each of them. */
public final class DecisionOptions {
    @Mixin
    private OperatorOption by = new OperatorOption();

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, kept with the decision.")
    @Nullable
    private String why;

    public Operator operator() {
        return operator(by.name(), Optional.ofNullable(why));
    }

    /** @throws UserException where nobody is named */
    public static Operator operator(String by, Optional<String> why) {
        try {
            return new Operator(by, why);
        } catch (IllegalArgumentException e) {
            throw UserException.usage("--" + e.getMessage());
        }
    }
}
