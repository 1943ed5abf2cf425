package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.command.AnswerOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.Printable;
import ipn.app.output.Table;
import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.operations.explain.CodeTexts;
import ipn.operations.query.DiscrepancyQuery;
import ipn.operations.query.EntitlementQuery;
import ipn.operations.topic.RecordSource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a subject may use. */
@Command(
        name = "entitlements",
        description = "Shows what a user may use (entitlements), and why.",
        exitCodeList = {ExitCode.DONE_HELP, "1:no entitlement, now or before, or a failure", ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {"  ipn entitlements u_42", "  ipn entitlements u_42 --history 20", "  ipn entitlements u_42 --json"})
public final class EntitlementsCommand implements Callable<Integer> {
    /** @param open discrepancies of a user without entitlements */
    private record Answer(EntitlementQuery.Access access, List<Discrepancy> open) {}

    private final Session session;

    @Parameters(paramLabel = "SUBJECT", description = "Id of the user.")
    private String subject = "";

    @Option(
            names = "--history",
            paramLabel = "N",
            description = "Show the newest N changes of entitlements as well. Default: 0.")
    private int history;

    @Mixin
    private AnswerOptions from = new AnswerOptions();

    public EntitlementsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var answer = from.answer(session, session.kafka(), this::find);
        var access = answer.access();
        if (session.json()) {
            session.print(access);
        } else if (!access.current().isEmpty()) {
            session.terminal().show(table(access.current()));
            access.withheld().forEach(withheld -> session.terminal().print(shown(withheld)));
            if (history > 0) {
                session.terminal().print("");
                session.terminal().show(table(access.history()));
            }
        }
        if (access.current().isEmpty()) {
            session.terminal().printErr(subject + ": no entitlement now or before" + hint(answer.open()));
        }
        return access.current().isEmpty() ? ExitCode.FOUND_PROBLEMS : ExitCode.DONE;
    }

    private Answer find(RecordSource source) {
        var access = new EntitlementQuery(source).find(subject, history);
        if (!access.current().isEmpty()) {
            return new Answer(access, List.of());
        }
        var progress = new ProgressBar(session.terminal());
        var open = new DiscrepancyQuery(source).findBySubject(subject, progress);
        progress.clear();
        return new Answer(access, open);
    }

    /** Names the open discrepancies in one line; {@code ipn explain} shows the details. */
    private String hint(List<Discrepancy> open) {
        var discrepancies = open.stream()
                .map(each -> (each.getPaymentKey().isEmpty() ? "order " + each.getOrder() : each.getPaymentKey()) + " "
                        + CodeTexts.mismatch(each))
                .map(Printable::line)
                .collect(Collectors.joining("; "));
        return (discrepancies.isEmpty() ? "; no open discrepancy" : "; open discrepancies: " + discrepancies)
                + "; see 'ipn explain " + subject + "'";
    }

    private static Table table(List<EntitlementEvent> events) {
        var table = new Table("entitlement", "scope", "status", "until", "reason", "change", "revision", "cause");
        events.forEach(event -> table.row(
                event.getEntitlement(),
                event.getScope() == null ? "" : event.getScope(),
                event.getStatus(),
                shown(event.getUntil()),
                event.getReason(),
                event.getType(),
                Long.toString(event.getRevision()),
                event.getCause().getEventKey()));
        return table;
    }

    private static String shown(EntitlementQuery.Withheld withheld) {
        var revocation = withheld.revocation();
        return "%s: %s (%s) is withheld by the brake since %s, number %d; see 'ipn brake status'"
                .formatted(
                        withheld.eventId(),
                        revocation.getType(),
                        revocation.getReason(),
                        revocation.getSince(),
                        revocation.getNumber());
    }

    private static String shown(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
