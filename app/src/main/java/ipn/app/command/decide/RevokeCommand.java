package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.DecisionOptions;
import ipn.app.command.Session;
import ipn.app.command.TimeOption;
import ipn.avro.DecisionKind;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends the access of a user, whatever is paid for. */
@Command(
        name = "revoke",
        customSynopsis = "ipn revoke [OPTIONS] --why=TEXT SUBJECT ENTITLEMENT",
        description = {
            "Ends the access of a user to an entitlement, whatever is or will be paid for. Requires --why.",
            "",
            "The brake does not withhold it. A grant that was a mistake is ended with 'ipn decision undo' instead."
        },
        exitCodeList = {ExitCode.DONE_HELP, AccessCodes.PROBLEMS, ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn revoke u_42 premium --why 'sells access to others'",
            "  ipn revoke u_42 promotion --scope post_7 --until P7D --why 'against the rules'"
        })
public final class RevokeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private AccessOptions which = new AccessOptions();

    @Option(
            names = "--until",
            paramLabel = "DEADLINE",
            description =
                    "Until when, such as P30D or 2026-12-31T00:00:00Z; then access is as before. Default: without an end.")
    @Nullable
    private String until;

    @Mixin
    private DecisionOptions who = new DecisionOptions();

    public RevokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var operator = who.operator(session, "it is stored with the decision");
        which.previewed().requireAnswer(session, "revoke");
        var end = until == null
                ? null
                : TimeOption.deadline("--until", until, Clock.systemUTC().instant());
        var run = new AccessRun(session);
        if (run.access(which).isEmpty()) {
            throw UserException.problem(
                    "%s: no access now or before (expected: an entitlement from 'ipn entitlements %s')"
                            .formatted(which.key(), which.subject()));
        }
        return run.decide(run.draft(DecisionKind.REVOKE, which, operator).setUntil(end), operator, which.previewed());
    }
}
