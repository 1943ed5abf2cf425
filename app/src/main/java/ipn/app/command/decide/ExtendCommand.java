package ipn.app.command.decide;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.DecisionOptions;
import ipn.app.command.Session;
import ipn.avro.DecisionKind;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.operations.decision.SubscriptionSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Extends access that a user has. */
@Command(
        name = "extend",
        customSynopsis = "ipn extend [OPTIONS] --why=TEXT (--for=PERIOD | --until=DEADLINE) SUBJECT ENTITLEMENT",
        description = {
            "Extends access that the user has now: it lasts until its end of now and --for more, whatever becomes of it meanwhile. Requires --why.",
            "",
            "If a subscription renews, the extension gives no extra time unless the subscription ends before: the preview warns.",
            "",
            "A refund of what was paid does not end the extension. To end it, use 'ipn decision undo'."
        },
        exitCodeList = {ExitCode.DONE_HELP, AccessCodes.PROBLEMS, ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn extend u_42 premium --for P30D --why 'goodwill after an outage'",
            "  ipn extend u_42 premium --until 2027-01-01T00:00:00Z --why gift --dry-run"
        })
public final class ExtendCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private AccessOptions which = new AccessOptions();

    @Mixin
    private SpanOptions span = new SpanOptions();

    @Mixin
    private DecisionOptions who = new DecisionOptions();

    public ExtendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var operator = who.operator(session, "it is stored with the decision");
        which.previewed().requireAnswer(session, "extend");
        span.requireOne();
        var run = new AccessRun(session);
        var draft = run.draft(DecisionKind.EXTEND, which, operator);
        var now = draft.getAt();
        var access = run.access(which)
                .filter(event ->
                        event.getStatus() == EntitlementStatus.ACTIVE || event.getStatus() == EntitlementStatus.GRACE)
                .orElseThrow(() -> UserException.problem(
                        "%s: no access to extend (expected: access now; use 'ipn grant')".formatted(which.key())));
        var end = end(access, now);
        var until = span.end(end, now);
        run.requireShortEnough(end, until);
        draft.setProduct(run.product(which, span, Optional.of(access)))
                .setFrom(now)
                .setUntil(until);
        var preview = new ArrayList<>(run.preview(draft));
        preview.addAll(renewals(run.decisions().subscriptions(which.key()), until));
        return run.decide(draft, preview, operator, which.previewed());
    }

    /** A warning for each subscription that renews: the extension then ends while access is paid for, and gives nothing. */
    static List<String> renewals(List<SubscriptionSummary> subscriptions, Instant until) {
        return subscriptions.stream()
                .filter(SubscriptionSummary::renews)
                .map(each ->
                        "warning: %s: if it renews as usual, the extension until %s gives no extra time; it counts only if the subscription ends before"
                                .formatted(each.text(), until))
                .toList();
    }

    private Instant end(EntitlementEvent access, Instant now) {
        var end = access.getUntil();
        if (end == null) {
            throw UserException.problem("%s: access has no end (expected: access that ends)".formatted(which.key()));
        }
        return end.isBefore(now) ? now : end;
    }
}
