package ipn.app.command.finance;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.JsonLinesFile;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.ReconcileTable;
import ipn.operations.reconcile.InjectionPlan;
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
            "--inject repairs payment state from the report: it writes the missing captures and refunds as raw records, after it has listed each. --inject --dry-run only lists them. --since, --until and --payment restrict what is compared, and so what is injected."
        },
        exitCodeList = {
            "0:report and payment state agree",
            "1:a difference found (also if --inject wrote what was missing), no line of --payment, or a failure",
            ExitCode.WRONG_USAGE_HELP
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn reconcile --gateway stripe --account main --report balance.csv",
            "  ipn reconcile --gateway paypal --account main --report STL-20260901.CSV \\",
            "      --layout settlement --out differences.jsonl",
            "  ipn reconcile --gateway adyen --account main --report batch_4.csv --inject \\",
            "      --dry-run --why 'outage of 12 September'",
            "  ipn reconcile --gateway stripe --account main --report balance.csv --inject \\",
            "      --payment stripe/main/pi_3Nabc --why 'the notification never arrived'"
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

    @Mixin
    private InjectOptions injecting = new InjectOptions();

    public ReconcileCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    private record Report(
            Comparison comparison, @Nullable InjectionPlan plan, ReportInjection.@Nullable Written injected) {}

    @Override
    public Integer call() {
        var settings = session.settingsOrBuiltIn().read();
        var sealer = injecting.inject() ? sealer(settings) : Optional.<Sealer>empty();
        var report = which.report(settings);
        var choice = which.choice();
        injecting.check(session);
        check(report);
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var request = new Reconciliation.Request(report, choice, limit);
        try (var findings = JsonLinesFile.<Finding>open("--out", Optional.ofNullable(out))) {
            var result = new Reconciliation(kafka, kafka.serdes()).run(request, findings, progress);
            progress.clear();
            var comparison = result.comparison();
            if (!session.json()) {
                ReconcileTable.print(comparison, choice, session.terminal(), out != null);
            }
            var injection = new ReportInjection(kafka, kafka.serdes(), Clock.systemUTC(), sealer);
            var injected = injecting.inject() ? new InjectRun(session, injecting, injection).run(result) : null;
            if (session.json()) {
                session.print(
                        injected == null
                                ? new Report(comparison, null, null)
                                : new Report(comparison, injected.plan(), injected.injected()));
            }
            return comparison.agrees() && !comparison.isEmpty(choice) ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
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
}
