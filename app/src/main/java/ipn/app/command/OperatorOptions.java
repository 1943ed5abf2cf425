package ipn.app.command;

import ipn.app.UserException;
import ipn.operations.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who decides about dead letters, and why: kept with each of them. */
final class OperatorOptions {
    @Mixin
    private ByOption by = new ByOption();

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, kept with the decision.")
    @Nullable
    private String why;

    Operator operator() {
        return operator(by.name(), Optional.ofNullable(why));
    }

    /** @throws UserException where nobody is named */
    static Operator operator(String by, Optional<String> why) {
        try {
            return new Operator(by, why);
        } catch (IllegalArgumentException e) {
            throw UserException.usage("--" + e.getMessage());
        }
    }
}
