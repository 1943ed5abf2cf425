package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.DecisionOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.DecisionText;
import ipn.app.output.DiscrepancyTable;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.decision.DecisionRules;
import ipn.decision.Decisions;
import ipn.decision.Persons;
import ipn.operations.Operator;
import ipn.operations.decision.DecisionQuery;
import ipn.operations.decision.DecisionView;
import ipn.operations.decision.DecisionView.DecisionStatus;
import ipn.operations.decision.DecisionWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists decisions of people, undoes them, and approves those that need it. */
@Command(
        name = "decision",
        description =
                "Lists what people decided: who, when, why and what; undoes a decision, or approves one that needs it.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn decision list", "  ipn decision undo 0d4cf1a2-8d52-4b7e-9a39-6f0d6f2f3c11 --why typo"})
public final class DecisionCommand {
    private final Session session;

    public DecisionCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "list",
            description = "Lists decisions, the newest first, and whether they count.",
            exitCodeList = {ExitCode.DONE_HELP, "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {"  ipn decision list --limit 20", "  ipn decision list --about u_42 --json"})
    int list(
            @Option(
                            names = "--about",
                            paramLabel = "ID",
                            description = "Only about this user, payment, order or other id.")
                    @Nullable
                    String about,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "List at most N decisions. Default: 50.")
                    int limit) {
        var views = views(about).stream()
                .sorted(Comparator.comparing(DecisionView::decision, Decisions.EARLIEST_FIRST)
                        .reversed())
                .limit(limit)
                .toList();
        session.show(views, () -> DiscrepancyTable.decisions(views));
        return ExitCode.DONE;
    }

    private List<DecisionView> views(@Nullable String about) {
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var approval = session.approval(kafka);
        var all = new DecisionQuery(kafka, kafka.serdes(), approval).all(progress);
        progress.clear();
        var now = now();
        return all.stream()
                .filter(each -> about == null || about.equals(each.getAbout()))
                .collect(Collectors.groupingBy(Decision::getAbout))
                .values()
                .stream()
                .flatMap(each -> DecisionView.all(new Decisions(each, approval), now).stream())
                .toList();
    }

    @Command(
            name = "undo",
            customSynopsis = "ipn decision undo [OPTIONS] --why=TEXT DECISION",
            description =
                    "Undoes a decision: everything is as if it had never been made. An undo is final. Requires --why.",
            exitCodeList = {ExitCode.DONE_HELP, AccessCodes.PROBLEMS, ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn decision undo 0d4cf1a2-8d52-4b7e-9a39-6f0d6f2f3c11 --why typo",
                "  ipn decision undo 0d4cf1a2-8d52-4b7e-9a39-6f0d6f2f3c11 --why typo --json"
            })
    int undo(
            @Parameters(paramLabel = "DECISION", description = "Id of the decision, from 'ipn decision list'.")
                    String id,
            @Mixin DecisionOptions who,
            @Mixin Previewed previewed) {
        var operator = who.operator(session, "it is stored with the decision");
        previewed.requireAnswer(session, "decision");
        var view = find(id);
        if (DecisionRules.isAboutDecision(view.decision())
                || isFinal(view.decision().getKind())) {
            throw UserException.problem("%s: %s cannot be undone (expected: a decision about money or access)"
                    .formatted(id, view.decision().getKind()));
        }
        if (view.status() == DecisionStatus.UNDONE) {
            throw UserException.problem(id + ": undone already (expected: a decision that counts)");
        }
        return about(view.decision(), DecisionKind.UNDO, operator, previewed);
    }

    @Command(
            name = "approve",
            customSynopsis = "ipn decision approve [OPTIONS] --why=TEXT DECISION",
            description = {
                "Approves a decision of somebody else that needs it (policy.approval): it counts from then on. Requires --why.",
                "",
                "Nobody can approve their own decision."
            },
            exitCodeList = {ExitCode.DONE_HELP, AccessCodes.PROBLEMS, ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn decision approve 0d4cf1a2-8d52-4b7e-9a39-6f0d6f2f3c11 --why checked",
                "  ipn decision approve 0d4cf1a2-8d52-4b7e-9a39-6f0d6f2f3c11 --why ok --json"
            })
    int approve(
            @Parameters(paramLabel = "DECISION", description = "Id of the decision, from 'ipn decision list'.")
                    String id,
            @Mixin DecisionOptions who,
            @Mixin Previewed previewed) {
        var operator = who.operator(session, "it is stored with the decision");
        previewed.requireAnswer(session, "decision");
        var view = find(id);
        if (view.status() != DecisionStatus.WAITS_FOR_APPROVAL) {
            throw UserException.problem("%s: %s (expected: a decision that waits for approval)"
                    .formatted(id, view.status().meaning()));
        }
        requireSomebodyElse(view.decision(), operator);
        return about(view.decision(), DecisionKind.APPROVE, operator, previewed);
    }

    private static void requireSomebodyElse(Decision decision, Operator who) {
        var approval = DecisionWriter.draft(DecisionKind.APPROVE, decision.getTarget(), decision.getAbout(), who, now())
                .build();
        if (Persons.differ(decision, approval)) {
            return;
        }
        var id = decision.getDecisionId();
        throw UserException.problem(
                decision.getBy().equals(who.by())
                        ? "%s: made by %s (expected: the approval of somebody else)".formatted(id, who.by())
                        : "%s: made by %s; this command has %s (expected: the approval of somebody else, with a principal of their own: another --by is no other person)"
                                .formatted(
                                        id,
                                        DecisionText.who(decision),
                                        who.principal()
                                                .map("principal "::concat)
                                                .orElse("no principal")));
    }

    /** No constant: loading this class, for the help of another command, must load no Avro enum. */
    private static boolean isFinal(DecisionKind kind) {
        return switch (kind) {
            case REPLAY, DISCARD, REOPEN, RELEASE, APPLY, RESTORE, INJECT -> true;
            default -> false;
        };
    }

    private DecisionView find(String id) {
        return views(null).stream()
                .filter(view ->
                        view.decision().getDecisionId().equals(id) && view.status() != DecisionStatus.ABOUT_DECISION)
                .findFirst()
                .orElseThrow(() ->
                        UserException.problem(id + ": no such decision (expected: an id from 'ipn decision list')"));
    }

    private int about(Decision decision, DecisionKind kind, Operator who, Previewed previewed) {
        var kafka = session.kafka();
        var all = new DecisionQuery(kafka, kafka.serdes(), session.approval(kafka)).about(decision.getAbout());
        return new AccessRun(session)
                .decide(
                        DecisionWriter.draft(kind, decision, all, who, now()),
                        List.of("%s: %s".formatted(kind, DecisionText.line(decision))),
                        who,
                        previewed);
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
