package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.DecisionText;
import ipn.app.output.DiscrepancyTable;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DecisionRules;
import ipn.operations.Operator;
import ipn.operations.decision.DecisionQuery;
import ipn.operations.decision.DecisionView;
import ipn.operations.decision.DecisionWriter;
import ipn.operations.decision.DiscrepancyDecisions;
import ipn.operations.decision.DiscrepancyDecisions.Details;
import ipn.operations.decision.DiscrepancyDecisions.Result;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a command that decides about a discrepancy. */
final class DiscrepancyRun {
    private final Session session;
    private final KafkaSettings kafka;
    private final ProgressBar progress;
    private final ApprovalPolicy approval;
    private final DiscrepancyDecisions decisions;

    DiscrepancyRun(Session session) {
        this.session = session;
        this.kafka = session.kafka();
        this.progress = new ProgressBar(session.terminal());
        this.approval = session.approval(kafka);
        this.decisions =
                new DiscrepancyDecisions(kafka, kafka.serdes(), session.projectorId(), approval, Clock.systemUTC());
    }

    /** @throws UserException if there is no such discrepancy */
    Details find(String id) {
        var found = decisions.find(id, progress);
        progress.clear();
        return found.orElseThrow(() -> UserException.problem(
                id + ": no such discrepancy (expected: an id from 'ipn discrepancy list --state all')"));
    }

    void showDecisions(Details details) {
        var terminal = session.terminal();
        if (!details.decisions().isEmpty()) {
            terminal.print("");
            terminal.show(DiscrepancyTable.decisions(details.decisions()));
        }
        terminal.print("");
        if (details.discrepancy().getSubject() != null) {
            terminal.print("%s has: %s"
                    .formatted(details.discrepancy().getSubject(), DiscrepancyTable.access(details.access())));
        }
        terminal.print("next: " + new DiscrepancyAdvice(details).next());
    }

    /** @throws UserException if --until is not in the future */
    Decision.Builder draft(DecisionKind kind, Details details, Operator who, DecideOptions how) {
        return decisions
                .draft(kind, details.discrepancy(), who)
                .setUntil(how.until(Clock.systemUTC().instant()));
    }

    int decide(Details details, Decision.Builder draft, Operator who, DecideOptions how) {
        return decide(details.discrepancy(), draft, who, how.previewed(), preview(details, draft));
    }

    private int decide(
            Discrepancy discrepancy, Decision.Builder draft, Operator who, Previewed previewed, List<String> preview) {
        return previewed.decide(session, draft, preview, decision -> {
            var result = decisions.write(decision, discrepancy, who, progress);
            progress.clear();
            return show(result);
        });
    }

    private static String assigned(Decision.Builder draft) {
        return Stream.of(
                        named("user", draft.getSubject()),
                        named("product", draft.getProduct()),
                        named("scope", draft.getScope()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> named(String what, @Nullable String value) {
        return Optional.ofNullable(value).map(it -> what + " " + it);
    }

    /** The same for the same facts: it contains no time of now. */
    private List<String> preview(Details details, Decision.Builder draft) {
        var discrepancy = details.discrepancy();
        var lines = new ArrayList<String>();
        lines.add("%s: expected %s, came %s"
                .formatted(discrepancy.getDiscrepancyId(), discrepancy.getExpected(), discrepancy.getActual()));
        lines.add(
                switch (draft.getKind()) {
                    case ACCEPT -> "accept: " + details.options().why();
                    case ASSIGN -> "assign: %s; the price is compared".formatted(assigned(draft));
                    default -> "dismiss: nothing is granted";
                });
        new ExpectedAccess(session.settingsOrBuiltIn().read())
                .line(details, draft)
                .ifPresent(lines::add);
        lines.add("%s has: %s".formatted(discrepancy.getSubject(), DiscrepancyTable.access(details.access())));
        return lines;
    }

    int undo(String decisionId, Operator who, Previewed previewed) {
        var query = new DecisionQuery(kafka, kafka.serdes(), approval);
        var decision = query.find(decisionId, progress)
                .filter(each -> !DecisionRules.isAboutDecision(each))
                .orElseThrow(() -> UserException.problem(
                        "%s: no such decision (expected: %s)".formatted(decisionId, expectedDecision(decisionId))));
        var now = Clock.systemUTC().instant();
        var all = query.about(decision.getAbout());
        var status = DecisionView.all(all, now).stream()
                .filter(view -> view.decision().equals(decision))
                .findFirst()
                .orElseThrow()
                .status();
        if (status == DecisionView.DecisionStatus.UNDONE) {
            throw UserException.problem(decisionId + ": undone already (expected: a decision that counts)");
        }
        var discrepancy = decisions
                .discrepancyOf(decision, progress)
                .orElseThrow(() -> UserException.problem(
                        decisionId + ": not about a discrepancy (expected: a decision from 'ipn discrepancy show')"));
        progress.clear();
        return decide(
                discrepancy,
                DecisionWriter.draft(DecisionKind.UNDO, decision, all, who, now),
                who,
                previewed,
                List.of("undo: " + DecisionText.line(decision)));
    }

    /** Somebody may have typed the id of the discrepancy. */
    private String expectedDecision(String id) {
        var decided = decisions.find(id, progress).map(Details::decisions).orElse(List.of()).stream()
                .filter(view -> view.status() == DecisionView.DecisionStatus.EFFECTIVE)
                .map(view -> view.decision().getDecisionId())
                .toList();
        progress.clear();
        return decided.isEmpty()
                ? "the id of an accept, assign or dismiss from 'ipn discrepancy show'"
                : "a decision about this discrepancy: " + String.join(", ", decided);
    }

    private int show(Result result) {
        var terminal = session.terminal();
        if (session.json()) {
            session.print(result);
        } else {
            terminal.print("decision %s written".formatted(result.decision().getDecisionId()));
            if (result.decision().getNeedsApproval()) {
                terminal.print("it counts once somebody else approves it: ipn decision approve %s --why '...'"
                        .formatted(result.decision().getDecisionId()));
            }
            terminal.print("discrepancy: %s, before: %s"
                    .formatted(DiscrepancyTable.state(result.after()), DiscrepancyTable.state(result.before())));
            terminal.print("access: %s, before: %s"
                    .formatted(
                            DiscrepancyTable.access(result.accessAfter()),
                            DiscrepancyTable.access(result.accessBefore())));
        }
        if (!result.processed()) {
            terminal.printErr(
                    "the projector has not processed the decision (expected: a running projector; it will when it starts)");
            return ExitCode.FOUND_PROBLEMS;
        }
        return result.decision().getNeedsApproval() || hasEffect(result) ? ExitCode.DONE : noEffect(result);
    }

    private static boolean hasEffect(Result result) {
        var decision = result.decision();
        return switch (decision.getKind()) {
            case ACCEPT, DISMISS ->
                decision.getDecisionId().equals(result.after().getDecision());
            case ASSIGN -> result.after().getState() == DiscrepancyState.CLOSED;
            default -> true;
        };
    }

    private int noEffect(Result result) {
        session.terminal()
                .printErr(
                        "%s: not closed by this decision (expected: see 'ipn discrepancy show'; what it is about may have changed)"
                                .formatted(result.after().getDiscrepancyId()));
        return ExitCode.FOUND_PROBLEMS;
    }
}
