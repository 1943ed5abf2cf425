package ipn.app.command.decide;

import ipn.app.UserException;
import ipn.decision.DecisionRules;
import ipn.operations.Operator;

/** What the options of a decision must hold beyond their form. */
final class DecisionOptionsCheck {
    private DecisionOptionsCheck() {}

    /** @throws UserException if the reason is longer than a decision can store */
    static void requireShortReason(Operator who) {
        who.why().filter(why -> why.length() > DecisionRules.WHY_MAX).ifPresent(why -> {
            throw UserException.usage(
                    "--why: %d characters (expected: at most %d)".formatted(why.length(), DecisionRules.WHY_MAX));
        });
    }
}
