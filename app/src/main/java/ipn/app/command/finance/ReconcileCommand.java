package ipn.app.command.finance;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.Consent;
import ipn.app.command.JsonLinesFile;
import ipn.app.command.OperatorOption;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.ReconcileTable;
import ipn.operations.reconcile.Reconciliation;
import ipn.operations.reconcile.ReportInjection;
import ipn.operations.reconcile.match.Comparison;
import ipn.operations.reconcile.match.Finding;
import ipn.operations.reconcile.report.ReportException;
import ipn.operations.reconcile.report.ReportFile;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a gateway's report with payment state. */
@Command(
        name = "reconcile",
        description = {
            "Compares a gateway's settlement or transaction report with payment state.",
            "",
            "--inject repairs payment state from the report: it writes the missing captures and refunds as raw records."
        },
        exitCodeList = {
            "0:report and payment state agree",
            "1:a difference found (also if --inject wrote what was missing), or a failure",
            ExitCode.WRONG_USAGE_HELP
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn reconcile --gateway stripe --account main --report balance.csv",
            "  ipn reconcile --gateway paypal --account main --report STL-20260901.CSV \\",
            "      --layout settlement --out differences.jsonl",
            "  ipn reconcile --gateway adyen --account main --report batch_4.csv --inject"
        })
public final class ReconcileCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private ReportOptions which = new ReportOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write all differences to this file, each as one line of JSON.")
    @Nullable
    private Path out;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "5",
            description = "Show at most N differences of each kind. Default: ${DEFAULT-VALUE}.")
    private int limit = 5;

    @Option(
            names = "--inject",
            description =
                    "Write the captures and refunds that are in the report but not in payment state to ipn.raw. The raw records are marked as injected from a report.")
    private boolean inject;

    @Option(names = "--yes", description = "Do not ask for confirmation of --inject.")
    private boolean yes;

    @Mixin
    private OperatorOption by = new OperatorOption();

    public ReconcileCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    private record Report(Comparison comparison, ReportInjection.@Nullable Written injected) {}

    @Override
    public Integer call() {
        var settings = session.settingsOrBuiltIn().read();
        var sealer = inject ? sealer(settings) : Optional.<Sealer>empty();
        var report = which.report(settings);
        var since = which.since();
        var until = which.until();
        var consent = new Consent(session.terminal(), yes);
        if (inject) {
            consent.requireConsole("--inject");
        }
        check(report);
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var request = new Reconciliation.Request(report, since, until, limit);
        try (var findings = JsonLinesFile.<Finding>open("--out", Optional.ofNullable(out))) {
            var result = new Reconciliation(kafka, kafka.serdes()).run(request, findings, progress);
            progress.clear();
            var comparison = result.comparison();
            if (!session.json()) {
                ReconcileTable.print(comparison, session.terminal(), out != null);
            }
            var written =
                    inject ? inject(new ReportInjection(kafka, Clock.systemUTC(), sealer), result, consent) : null;
            if (session.json()) {
                session.print(new Report(comparison, written));
            }
            return comparison.agrees() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
        } catch (ReportException e) {
            progress.clear();
            throw UserException.usage("--report: " + e.getMessage());
        }
    }

    /** Checks the report first, because reading the payments may take a minute. */
    private static void check(ReportFile report) {
        try {
            report.check();
        } catch (ReportException e) {
            throw UserException.usage("--report: " + e.getMessage());
        }
    }

    private static Optional<Sealer> sealer(Settings settings) {
        var sealer = Sealer.from(settings, SealRole.TOOLS);
        settings.problems().throwIfAny("seal");
        return sealer;
    }

    private ReportInjection.@Nullable Written inject(
            ReportInjection injection, Reconciliation.Result result, Consent consent) {
        var operator = by.operator(session, Optional.empty());
        var progress = new ProgressBar(session.terminal());
        var plan = injection.plan(result, progress);
        progress.clear();
        if (plan.records() == 0) {
            session.terminal().printErr("nothing to inject: no capture or refund is missing in payment state");
            return null;
        }
        if (!consent.given("write %d capture(s) and %d refund(s) to %s"
                .formatted(
                        plan.captures(),
                        plan.refunds(),
                        result.request().report().account().id().path()))) {
            session.terminal().printErr("not confirmed: nothing was written");
            return null;
        }
        var written = injection.write(result, operator, progress);
        progress.clear();
        if (!session.json()) {
            session.terminal().print("%d record(s) injected".formatted(written.records()));
        }
        written.stopped().ifPresent(why -> session.terminal().printErr("stopped: " + why));
        return written;
    }
}
