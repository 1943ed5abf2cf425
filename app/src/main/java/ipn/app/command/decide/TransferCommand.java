package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.DecisionOptions;
import ipn.app.command.Session;
import ipn.avro.DecisionKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Transfers purchases to another user. */
@Command(
        name = "transfer",
        customSynopsis = "ipn transfer [OPTIONS] --why=TEXT --to=SUBJECT SUBJECT ENTITLEMENT",
        description = {
            "Transfers all purchases behind an entitlement of a user to another user, with their renewals, refunds and disputes. Requires --why.",
            "",
            "Purchases that the user makes later stay theirs. What was transferred cannot be transferred on: undo that first."
        },
        exitCodeList = {ExitCode.DONE_HELP, AccessCodes.PROBLEMS, ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn transfer u_42 premium --to u_7 --why 'paid with the wrong account'",
            "  ipn transfer u_42 promotion --scope post_7 --to u_7 --why sold --dry-run"
        })
public final class TransferCommand implements Callable<Integer> {
    private static final int PURCHASES_MAX = 128;

    private final Session session;

    @Mixin
    private AccessOptions which = new AccessOptions();

    @Option(names = "--to", paramLabel = "SUBJECT", required = true, description = "Id of the other user. Required.")
    private String to = "";

    @Mixin
    private DecisionOptions who = new DecisionOptions();

    public TransferCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var operator = who.operator(session, "it is stored with the decision");
        which.previewed().requireAnswer(session, "transfer");
        if (to.equals(which.subject())) {
            throw UserException.usage("--to: %s is the user itself (expected: another user)".formatted(to));
        }
        var run = new AccessRun(session);
        var found = run.decisions().purchases(which.key());
        if (found.purchases().isEmpty()) {
            throw UserException.problem(
                    found.transferred()
                            ? "%s: transferred to this user already (expected: undo that transfer first, see 'ipn decision list --about')"
                                    .formatted(which.key())
                            : "%s: no purchase (expected: an entitlement from 'ipn entitlements %s')"
                                    .formatted(which.key(), which.subject()));
        }
        if (found.purchases().size() > PURCHASES_MAX) {
            throw UserException.problem("%s: %d purchases (expected: at most %d)"
                    .formatted(which.key(), found.purchases().size(), PURCHASES_MAX));
        }
        return run.decide(
                run.draft(DecisionKind.TRANSFER, which, operator)
                        .setToSubject(to)
                        .setPurchases(found.purchases()),
                operator,
                which.previewed());
    }
}
