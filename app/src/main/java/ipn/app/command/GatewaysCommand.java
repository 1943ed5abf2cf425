package ipn.app.command;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.output.DriftTable;
import ipn.app.output.GatewayView;
import ipn.app.output.Table;
import ipn.drift.DriftDetector;
import ipn.evidence.Proof;
import ipn.gateway.Accounts;
import ipn.operations.DriftSearch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The gateways this program knows. */
@Command(
        name = "gateways",
        description =
                "Lists every gateway there is, and what its tests have proven of it: how many cases of each kind.",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn gateways", "  ipn gateways --json", "  ipn gateways show stripe", "  ipn gateways drift"})
final class GatewaysCommand implements Callable<Integer> {
    private static final List<Proof> COLUMNS = List.of(
            Proof.SAMPLES, Proof.VECTORS, Proof.TAMPERING, Proof.ROTATION, Proof.SKEW, Proof.NOISE, Proof.PERMUTATIONS);

    private final Session session;

    GatewaysCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var gateways = GatewayView.all(accounts());
        session.show(gateways, () -> table(gateways));
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows one gateway: its accounts, what they take, and what its tests have proven.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn gateways show stripe", "  ipn gateways show stripe --json"})
    int show(@Parameters(paramLabel = "NAME", description = "As in 'ipn gateways'.") String name) {
        var gateways = GatewayView.all(accounts());
        var shown = gateways.stream()
                .filter(gateway -> gateway.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name, gateways));
        session.show(shown, () -> table(shown));
        return ExitCode.DONE;
    }

    @Command(
            name = "drift",
            description = "Holds stored notifications against what is known of their gateways' formats.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn gateways drift",
                "  ipn gateways drift --gateway stripe --since P7D",
                "  ipn gateways drift --json"
            })
    int drift(
            @Option(names = "--gateway", paramLabel = "NAME", description = "Only notifications of this one.") @Nullable
                    String gateway,
            @Option(
                            names = "--since",
                            paramLabel = "DURATION",
                            description = "Only what was stored within this time, such as PT12H or P7D. Default: all.")
                    @Nullable
                    Duration since) {
        var accounts = accounts();
        requireKnown(gateway, accounts);
        var kafka = session.kafka();
        var progress = new ProgressBar(session.terminal());
        var search = new DriftSearch(kafka, accounts, DriftDetector.load());
        var from = Optional.ofNullable(since)
                .map(duration -> Clock.systemUTC().instant().minus(duration.abs()));
        var report = search.run(Optional.ofNullable(gateway), from, progress);
        progress.clear();
        if (session.json()) {
            session.print(report);
        } else {
            DriftTable.tell(report, session.terminal());
        }
        return report.none() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    /** Nothing is verified and no secret is needed: whoever only reads need not hold them. */
    private Accounts accounts() {
        return Accounts.from(session.settingsOrBuiltIn().read());
    }

    private static void requireKnown(@Nullable String name, Accounts accounts) {
        if (name != null) {
            var gateways = GatewayView.all(accounts);
            if (gateways.stream().noneMatch(gateway -> gateway.name().equals(name))) {
                throw unknown(name, gateways);
            }
        }
    }

    private static UserException unknown(String name, List<GatewayView> gateways) {
        return UserException.usage("%s: no such gateway (expected: one of %s)"
                .formatted(name, gateways.stream().map(GatewayView::name).collect(Collectors.joining(", "))));
    }

    private static Table table(List<GatewayView> gateways) {
        var table = new Table(
                "gateway",
                "from",
                "accounts",
                "samples",
                "vectors",
                "tampering",
                "rotation",
                "skew",
                "noise",
                "permutations",
                "sdk");
        for (var gateway : gateways) {
            var row = new ArrayList<String>();
            row.add(gateway.name());
            row.add(gateway.from());
            row.add(gateway.accounts().isEmpty() ? "-" : String.join(", ", gateway.accounts()));
            COLUMNS.forEach(proof -> row.add(gateway.shown(proof)));
            row.add(sdk(gateway));
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    private static String sdk(GatewayView gateway) {
        var shown = gateway.shown(Proof.SDK);
        return gateway.oracles().isEmpty() ? shown : shown + " (" + gateway.witnesses() + ")";
    }

    private static Table table(GatewayView gateway) {
        var table = new Table(gateway.name(), gateway.from());
        table.row("accounts", gateway.accounts().isEmpty() ? "-" : String.join(", ", gateway.accounts()));
        table.row("content types", gateway.contentTypes().isEmpty() ? "-" : String.join(", ", gateway.contentTypes()));
        COLUMNS.forEach(proof -> table.row(proof.word(), gateway.shown(proof)));
        table.row(Proof.SDK.word(), sdk(gateway));
        return table;
    }
}
