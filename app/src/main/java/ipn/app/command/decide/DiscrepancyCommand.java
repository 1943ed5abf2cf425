package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.AnswerOptions;
import ipn.app.command.DecisionOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.DiscrepancyTable;
import ipn.avro.DecisionKind;
import ipn.decision.DiscrepancyOptions;
import ipn.operations.decision.DiscrepancyDecisions.Details;
import ipn.operations.decision.DiscrepancyList;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists money that does not match what was expected, and records what people decide about it. */
@Command(
        name = "discrepancy",
        description = {
            "Lists money that does not match what was expected, and records what people decide about it.",
            "",
            "Each decision is stored with who made it, when and why, and counts until somebody undoes it. What is kept for ever"
                    + " is the decision: it is applied again whenever the payment or the order changes, and after a rebuild."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn discrepancy list", "  ipn discrepancy accept UNDERPAID/stripe/main/pi_3N --why 'our error'"})
public final class DiscrepancyCommand {
    private static final String ID = "Id of the discrepancy, from 'ipn discrepancy list'.";
    private static final String NOT_PROCESSED =
            "1:unknown id, not confirmed, the projector has not processed the decision within 30 s (it still will), it had not the expected effect, or a failure";

    private final Session session;

    public DiscrepancyCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "list",
            description = {
                "Lists discrepancies, those that have been open longest first, with the money of their payments.",
                "",
                "One that has not changed for longer than ipn.discrepancies keeps records (one year) holds, but is not listed and cannot be decided."
            },
            exitCodeList = {ExitCode.DONE_HELP, "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn discrepancy list --kind UNDERPAID --older-than P7D",
                "  ipn discrepancy list --account stripe/main --min-amount 100.00 --currency EUR",
                "  ipn discrepancy list --user u_42 --state all --json"
            })
    int list(
            @Mixin DiscrepancyFilterOptions which,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "List at most N discrepancies. Default: 50.")
                    int limit,
            @Mixin AnswerOptions from) {
        var now = Clock.systemUTC().instant();
        var filter = which.filter(now);
        var list = from.answer(session, session.kafka(), source -> {
            var progress = new ProgressBar(session.terminal());
            var read = DiscrepancyList.read(source, filter, limit, now, progress);
            progress.clear();
            return read;
        });
        session.show(list, () -> DiscrepancyTable.of(list));
        if (!session.json()) {
            session.terminal().print(DiscrepancyTable.total(list));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description =
                    "Shows a discrepancy: what was expected, what came, what can be decided, and what was decided before.",
            exitCodeList = {ExitCode.DONE_HELP, "1:unknown id, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn discrepancy show UNDERPAID/stripe/main/pi_3Nabc",
                "  ipn discrepancy show UNKNOWN_ORDER/stripe/main/pi_3Nabc,order=o_7 --json"
            })
    int show(@Parameters(paramLabel = "DISCREPANCY", description = ID) String id) {
        var run = run();
        var details = run.find(id);
        session.show(details, () -> DiscrepancyTable.of(details));
        if (!session.json()) {
            run.showDecisions(details);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "accept",
            customSynopsis = "ipn discrepancy accept [OPTIONS] --why=TEXT DISCREPANCY",
            description = {
                "Accepts a discrepancy: its money grants access all the same, as if policy.grants named its kind for it alone. Requires --why.",
                "",
                "A refund, a lost dispute or an expiry afterwards ends access as usual."
            },
            exitCodeList = {ExitCode.DONE_HELP, NOT_PROCESSED, ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn discrepancy accept UNDERPAID/stripe/main/pi_3N --why gift --dry-run",
                "  ipn discrepancy accept UNDERPAID/stripe/main/pi_3N --why gift --until P30D"
            })
    int accept(
            @Parameters(paramLabel = "DISCREPANCY", description = ID) String id,
            @Mixin DecisionOptions who,
            @Mixin DecideOptions how) {
        return decide(DecisionKind.ACCEPT, id, who, how, DiscrepancyOptions::accept, "accepted");
    }

    @Command(
            name = "dismiss",
            customSynopsis = "ipn discrepancy dismiss [OPTIONS] --why=TEXT DISCREPANCY",
            description = {
                "Dismisses a discrepancy: nothing is granted, and it is closed. Requires --why.",
                "",
                "If what was expected or what came changes later, it opens again."
            },
            exitCodeList = {ExitCode.DONE_HELP, NOT_PROCESSED, ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn discrepancy dismiss DUPLICATE_PAYMENT/stripe/main/pi_3N --why refunded",
                "  ipn discrepancy dismiss MISSING/order/o_7 --why canceled --json"
            })
    int dismiss(
            @Parameters(paramLabel = "DISCREPANCY", description = ID) String id,
            @Mixin DecisionOptions who,
            @Mixin DecideOptions how) {
        return decide(DecisionKind.DISMISS, id, who, how, DiscrepancyOptions::dismiss, "dismissed");
    }

    @Command(
            name = "assign",
            customSynopsis =
                    "ipn discrepancy assign [OPTIONS] --why=TEXT DISCREPANCY (--user=SUBJECT | --product=NAME | --scope=ID)",
            description = {
                "Names the user, the product or the scope that a payment or an order lacks. Requires --why.",
                "",
                "The price is compared all the same. What the gateway names as bought is never overridden."
            },
            exitCodeList = {ExitCode.DONE_HELP, NOT_PROCESSED, ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn discrepancy assign NO_SUBJECT/stripe/main/pi_3N --user u_42 --why asked",
                "  ipn discrepancy assign NO_PRODUCT/stripe/main/pi_3N --product pro --why asked",
                "  ipn discrepancy assign NO_SCOPE/stripe/main/pi_3N --scope post_7 --why asked"
            })
    int assign(
            @Parameters(paramLabel = "DISCREPANCY", description = ID) String id,
            @Option(names = "--user", paramLabel = "SUBJECT", description = "Whose the money is.") @Nullable
                    String user,
            @Option(names = "--product", paramLabel = "NAME", description = "Product of the settings that it is for.")
                    @Nullable
                    String product,
            @Option(
                            names = "--scope",
                            paramLabel = "ID",
                            description = "What a product with a scope is for, such as the id of a post.")
                    @Nullable
                    String scope,
            @Mixin DecisionOptions who,
            @Mixin DecideOptions how) {
        var operator = who.operator(session, "it is stored with the decision");
        if (user == null && product == null && scope == null) {
            throw UserException.usage("discrepancy assign: nothing to assign (expected: --user, --product or --scope)");
        }
        how.previewed().requireAnswer(session, "discrepancy assign");
        var run = run();
        var details = run.find(id);
        if (!details.options().assign()) {
            throw cannot(details, "assigned");
        }
        var discrepancy = details.discrepancy();
        if (user != null && (discrepancy.getSubject() != null || discrepancy.getOrder() != null)) {
            throw UserException.problem("%s: its user is named already (expected: --product or --scope)"
                    .formatted(discrepancy.getDiscrepancyId()));
        }
        var draft = run.draft(DecisionKind.ASSIGN, details, operator, how)
                .setSubject(user)
                .setProduct(product)
                .setScope(scope);
        return run.decide(details, draft, operator, how);
    }

    @Command(
            name = "undo",
            customSynopsis = "ipn discrepancy undo [OPTIONS] --why=TEXT DECISION",
            description = {
                "Undoes a decision about a discrepancy: everything is as if it had never been made. Requires --why.",
                "",
                "An undo is final; to decide the same again, use accept, assign or dismiss."
            },
            exitCodeList = {ExitCode.DONE_HELP, NOT_PROCESSED, ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn discrepancy undo 0d4cf1a2-8d52-4b7e-9a39-6f0d6f2f3c11 --why typo",
                "  ipn discrepancy undo 0d4cf1a2-8d52-4b7e-9a39-6f0d6f2f3c11 --why typo --json"
            })
    int undo(
            @Parameters(
                            paramLabel = "DECISION",
                            description =
                                    "Id of the decision, from 'ipn discrepancy show' or 'ipn discrepancy list --state all'.")
                    String decision,
            @Mixin DecisionOptions who,
            @Mixin Previewed previewed) {
        var operator = who.operator(session, "it is stored with the decision");
        previewed.requireAnswer(session, "discrepancy undo");
        return run().undo(decision, operator, previewed);
    }

    private int decide(
            DecisionKind kind,
            String id,
            DecisionOptions who,
            DecideOptions how,
            Predicate<DiscrepancyOptions> isPossible,
            String done) {
        var operator = who.operator(session, "it is stored with the decision");
        how.previewed().requireAnswer(session, "discrepancy " + kind.name().toLowerCase(Locale.ROOT));
        var run = run();
        var details = run.find(id);
        if (!isPossible.test(details.options())) {
            throw cannot(details, done);
        }
        return run.decide(details, run.draft(kind, details, operator, how), operator, how);
    }

    private DiscrepancyRun run() {
        return new DiscrepancyRun(session);
    }

    private static UserException cannot(Details details, String done) {
        return UserException.problem("%s: cannot be %s (expected: %s)"
                .formatted(
                        details.discrepancy().getDiscrepancyId(),
                        done,
                        details.options().why()));
    }
}
