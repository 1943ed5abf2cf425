package ipn.app.command.finance;

import ipn.app.UserException;
import ipn.app.command.Consent;
import ipn.app.command.DecisionOptions;
import ipn.app.command.Session;
import ipn.operations.Operator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code --inject}. */
final class InjectOptions {
    @Option(
            names = "--inject",
            description =
                    "Write the captures and refunds that are in the report but not in payment state to ipn.raw. The raw records are marked as injected from a report. Requires --why.")
    private boolean inject;

    @Option(names = "--dry-run", description = "With --inject: list what it would write, and write nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for confirmation of --inject.")
    private boolean yes;

    @Mixin
    private DecisionOptions decision = new DecisionOptions();

    boolean inject() {
        return inject;
    }

    boolean dryRun() {
        return dryRun;
    }

    /**
     * Called first, so that nothing is read for an injection that cannot be made.
     *
     * @throws UserException if an option that {@code --inject} needs is missing, or {@code --dry-run} has nothing to be about
     */
    void check(Session session) {
        if (dryRun && !inject) {
            throw UserException.usage(
                    "--dry-run: without --inject (expected: --inject as well; a comparison alone writes nothing)");
        }
        if (inject) {
            operator(session);
            if (!dryRun) {
                consent(session).requireConsole("--inject", session.json());
            }
        }
    }

    Operator operator(Session session) {
        return decision.operator(session, "the injection is recorded as a decision");
    }

    Consent consent(Session session) {
        return new Consent(session.terminal(), yes);
    }
}
