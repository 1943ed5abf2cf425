package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.DecisionText;
import ipn.app.output.DiscrepancyTable;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.EntitlementEvent;
import ipn.decision.DecisionLimits;
import ipn.key.EntitlementKey;
import ipn.key.SubjectId;
import ipn.operations.Operator;
import ipn.operations.decision.AccessDecisions;
import ipn.operations.decision.AccessDecisions.Result;
import ipn.operations.decision.TooManyDecisionsException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of a command that decides about the access of a subject. */
final class AccessRun {
    private final Session session;
    private final ProgressBar progress;
    private final AccessDecisions decisions;
    private final DecisionLimits limits;

    AccessRun(Session session) {
        var kafka = session.kafka();
        this.session = session;
        this.progress = new ProgressBar(session.terminal());
        this.decisions = new AccessDecisions(
                kafka, kafka.serdes(), session.projectorId(), session.approval(kafka), Clock.systemUTC());
        this.limits = session.decisionLimits();
    }

    AccessDecisions decisions() {
        return decisions;
    }

    /** What the subject may use of this entitlement now, or could before. */
    Optional<EntitlementEvent> access(AccessOptions which) {
        return decisions.access(which.key());
    }

    Decision.Builder draft(DecisionKind kind, AccessOptions which, Operator who) {
        return decisions.draft(kind, which.subject(), which.entitlement(), who).setScope(which.scope());
    }

    /** @throws UserException if it lasts longer than the settings permit, or is no period of time */
    void requireShortEnough(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            throw UserException.usage("--until: %s is not after %s (expected: a later time)".formatted(until, from));
        }
        if (!limits.permits(from, until)) {
            throw UserException.problem("%s to %s: too long (expected: at most %s at once, policy.goodwill.longest)"
                    .formatted(from, until, limits.longest()));
        }
    }

    /** @throws UserException if there is no such product, or a scope is missing or not possible */
    String product(AccessOptions which, SpanOptions span, Optional<EntitlementEvent> now) {
        var product = named(which, span, now);
        if (session.isScoped(product) != (which.scope() != null)) {
            throw UserException.usage(
                    which.scope() == null
                            ? "--scope: missing (expected: what %s is limited to, such as a campaign)"
                                    .formatted(product)
                            : "--scope: %s (expected: none, because %s is not limited)"
                                    .formatted(which.scope(), product));
        }
        return product;
    }

    private String named(AccessOptions which, SpanOptions span, Optional<EntitlementEvent> now) {
        var sold = session.productsOf(which.entitlement());
        var named = span.product();
        if (named != null) {
            if (!sold.contains(named)) {
                throw UserException.usage("--product: %s (expected: a product of the settings that gives %s: %s)"
                        .formatted(
                                named,
                                which.entitlement(),
                                sold.isEmpty() ? "there is none" : String.join(", ", sold)));
            }
            return named;
        }
        return now.map(EntitlementEvent::getProduct)
                .filter(name -> !name.isEmpty())
                .or(() -> sold.stream().findFirst().filter(only -> sold.size() == 1))
                .orElseThrow(() -> UserException.usage("--product: missing (expected: a product that gives %s: %s)"
                        .formatted(
                                which.entitlement(),
                                sold.isEmpty() ? "the settings have none" : String.join(", ", sold))));
    }

    int decide(Decision.Builder draft, Operator who, Previewed previewed) {
        return decide(draft, preview(draft), who, previewed);
    }

    int decide(Decision.Builder draft, List<String> preview, Operator who, Previewed previewed) {
        return previewed.decide(session, draft, preview, decision -> write(decision, who));
    }

    /** The same for the same facts: it contains no time of now. */
    List<String> preview(Decision.Builder draft) {
        var lines = new ArrayList<String>();
        lines.add("%s %s: %s".formatted(draft.getKind(), draft.getAbout(), DecisionText.what(draft.build())));
        lines.add(has(draft.getAbout()));
        if (draft.getToSubject() != null) {
            lines.add(has(draft.getToSubject()));
        }
        return lines;
    }

    private String has(String subject) {
        return "%s has: %s".formatted(subject, DiscrepancyTable.access(decisions.access(subject)));
    }

    /** Writes it and shows what it led to. */
    private int write(Decision decision, Operator who) {
        Result result;
        try {
            result = decisions.write(decision, limits, who, progress);
        } catch (TooManyDecisionsException e) {
            throw UserException.problem(String.valueOf(e.getMessage()));
        } finally {
            progress.clear();
        }
        var terminal = session.terminal();
        if (session.json()) {
            session.print(result);
        } else {
            terminal.print("decision %s written".formatted(decision.getDecisionId()));
            if (decision.getNeedsApproval()) {
                terminal.print("it counts once somebody else approves it: ipn decision approve %s --why '...'"
                        .formatted(decision.getDecisionId()));
            }
            terminal.print("access: %s, before: %s"
                    .formatted(DiscrepancyTable.access(result.after()), DiscrepancyTable.access(result.before())));
            if (decision.getToSubject() != null) {
                terminal.print("access of %s: %s, before: %s"
                        .formatted(
                                decision.getToSubject(),
                                DiscrepancyTable.access(result.receiverAfter()),
                                DiscrepancyTable.access(result.receiverBefore())));
            }
        }
        if (!result.processed()) {
            terminal.printErr(
                    "the projector has not processed the decision (expected: a running projector; it will when it starts)");
        }
        return result.processed() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    static EntitlementKey key(String subject, String entitlement, Optional<String> scope) {
        return new EntitlementKey(new SubjectId(subject), entitlement, scope);
    }
}
