package ipn.app.command.send;

import ipn.app.ExitCode;
import ipn.app.RunningStack;
import ipn.app.SettingsSource;
import ipn.app.canary.Beat;
import ipn.app.canary.Canary;
import ipn.app.canary.CanaryAccount;
import ipn.app.canary.CanaryMeters;
import ipn.app.command.Session;
import ipn.app.output.Table;
import ipn.ingress.IngressConfig;
import ipn.runtime.management.ManagementConfig;
import ipn.runtime.management.ManagementServer;
import ipn.runtime.metrics.StageMeters;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends notifications all the way to an entitlement, again and again. */
@Command(
        name = "canary",
        description = {
            "Sends a signed notification of a reserved account to the ingress every few seconds, and waits until it has changed an entitlement: it measures"
                    + " from the request to the acknowledgement, and to the entitlement. The account is standard-webhooks/canary, the product canary, the subjects"
                    + " ipn-canary-0 to ipn-canary-15. Beside live accounts it must be in mode shadow: no money of it is counted anywhere.",
            "",
            "The built-in test settings have account and product. In production: docs/runbooks/canary.md."
        },
        exitCodeList = {
            "0:with --once: the notification has changed an entitlement",
            "1:with --once: it has not, or a failure",
            ExitCode.WRONG_USAGE_HELP,
            "130, 143:ended by Ctrl-C or SIGTERM"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn canary --once",
            "  ipn canary --every PT5S --metrics-port 9465",
            "  ipn canary --url https://pay.example.com --timeout PT10S"
        })
public final class CanaryCommand implements Callable<Integer> {
    private static final int NO_PORT = -1;

    private final Session session;

    @Option(names = "--once", description = "Send one notification and end.")
    private boolean once;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "PT5S",
            description = "Time between two notifications. Default: ${DEFAULT-VALUE}.")
    private Duration every = Duration.ofSeconds(5);

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "PT30S",
            description = "How long to wait for the entitlement. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Show metrics at this port, on the address in section management of the settings; 0 means any free port. Default: no metrics.")
    private int metricsPort = NO_PORT;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "URL of the ingress, such as https://pay.example.com. Default: the ingress of the stack that runs on --data; if none runs, 127.0.0.1 and the port in section ingress of the settings.")
    @Nullable
    private URI url;

    public CanaryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var clock = Clock.systemUTC();
        var source = session.settingsOrBuiltIn();
        var account = CanaryAccount.from(source.read());
        try (var canary = new Canary(account, target(source), session.kafka(), timeout, clock);
                var meters = StageMeters.create()) {
            if (once) {
                var beat = canary.beat();
                session.show(beat, () -> table(List.of(beat)));
                beat.problem().ifPresent(session.terminal()::printErr);
                return beat.isWell() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
            }
            return run(canary, new CanaryMeters(meters.registry(), clock), meters, source);
        }
    }

    private int run(Canary canary, CanaryMeters shown, StageMeters meters, SettingsSource source) {
        var server = metricsPort == NO_PORT ? Optional.<ManagementServer>empty() : Optional.of(serve(meters, source));
        try {
            while (true) {
                var beat = canary.beat();
                shown.note(beat);
                if (session.json()) {
                    session.print(beat);
                } else {
                    session.terminal().print(line(beat));
                }
                pause();
            }
        } finally {
            server.ifPresent(ManagementServer::close);
        }
    }

    private ManagementServer serve(StageMeters meters, SettingsSource source) {
        var management = ManagementConfig.from(source.read());
        return ManagementServer.start(
                new ManagementConfig(management.host(), metricsPort), meters.registry(), List.of());
    }

    private URI target(SettingsSource source) {
        return url != null
                ? url
                : RunningStack.find(session.data())
                        .flatMap(RunningStack::ingressUrl)
                        .orElseGet(() -> URI.create("http://127.0.0.1:"
                                + IngressConfig.from(source.read()).listen().port()));
    }

    private static Table table(List<Beat> beats) {
        var table = new Table("event key", "HTTP status", "acknowledged", "entitlement");
        beats.forEach(beat -> table.row(
                beat.eventKey(), Integer.toString(beat.status()), beat.acknowledgedMs() + " ms", entitled(beat)));
        return table;
    }

    private static String line(Beat beat) {
        return "%s  %d  acknowledged %d ms  entitlement %s%s"
                .formatted(
                        beat.eventKey(),
                        beat.status(),
                        beat.acknowledgedMs(),
                        entitled(beat),
                        beat.problem().map(problem -> "  " + problem).orElse(""));
    }

    private static String entitled(Beat beat) {
        return beat.entitledMs().map(time -> time + " ms").orElse("not in time");
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(every.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
