package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.DecisionOptions;
import ipn.app.command.Session;
import ipn.avro.DecisionKind;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Grants access without money. */
@Command(
        name = "grant",
        customSynopsis = "ipn grant [OPTIONS] --why=TEXT (--for=PERIOD | --until=DEADLINE) SUBJECT ENTITLEMENT",
        description = {
            "Grants access without money, from now on. Requires --why.",
            "",
            "It is no money: never in the ledger, and never a receipt. To end it, use 'ipn decision undo'."
        },
        exitCodeList = {ExitCode.DONE_HELP, AccessCodes.PROBLEMS, ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn grant u_42 premium --for P30D --why 'goodwill after an outage'",
            "  ipn grant u_42 promotion --scope post_7 --for P7D --why gift --dry-run"
        })
public final class GrantCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private AccessOptions which = new AccessOptions();

    @Mixin
    private SpanOptions span = new SpanOptions();

    @Mixin
    private DecisionOptions who = new DecisionOptions();

    public GrantCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var operator = who.operator(session, "it is stored with the decision");
        which.previewed().requireAnswer(session, "grant");
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        var until = span.end(now, now);
        var run = new AccessRun(session);
        run.requireShortEnough(now, until);
        var draft = run.draft(DecisionKind.GRANT, which, operator);
        if (now.isAfter(draft.getAt())) {
            throw UserException.problem("the clock of this machine went back (expected: try again)");
        }
        return run.decide(
                draft.setProduct(run.product(which, span, run.access(which)))
                        .setFrom(now)
                        .setUntil(until),
                operator,
                which.previewed());
    }
}
