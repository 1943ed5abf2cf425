package ipn.app.command.query;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.command.TimeOption;
import ipn.app.output.DriftTable;
import ipn.app.output.GatewayView;
import ipn.app.output.Table;
import ipn.drift.DriftDetector;
import ipn.evidence.Proof;
import ipn.gateway.Accounts;
import ipn.operations.drift.DriftSearch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the gateways on the class path. */
@Command(
        name = "gateways",
        customSynopsis = "ipn gateways [OPTIONS] [COMMAND]",
        description =
                "Without a COMMAND: lists the gateways and, for each, how many of its test cases passed when this version of ipn was built, by kind of test.",
        exitCodeList = {ExitCode.DONE_HELP, "1:a failure", ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {"  ipn gateways", "  ipn gateways --json", "  ipn gateways show stripe", "  ipn gateways drift"})
public final class GatewaysCommand implements Callable<Integer> {
    /** The columns: first authentication, then robustness, then translation. */
    private static final List<Proof> PROOFS = List.of(
            Proof.VECTORS,
            Proof.SDK,
            Proof.TAMPERING,
            Proof.ROTATION,
            Proof.SKEW,
            Proof.NOISE,
            Proof.SAMPLES,
            Proof.PERMUTATIONS);

    private final Session session;

    public GatewaysCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var gateways = GatewayView.all(accounts());
        session.show(gateways, () -> table(gateways));
        if (!session.json()) {
            legend();
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description =
                    "Shows one gateway: its accounts, the content types that the ingress accepts from it, and how many of its test cases passed.",
            exitCodeList = {ExitCode.DONE_HELP, "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {"  ipn gateways show stripe", "  ipn gateways show stripe --json"})
    int show(
            @Parameters(
                            paramLabel = "NAME",
                            description = "Name of the gateway, such as stripe; 'ipn gateways' lists all.")
                    String name) {
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
            description = {
                "Compares stored notifications with the known format of their gateway, to find changes of the format (drift).",
                "",
                "Reads ipn.raw. Lists each difference once, with its count and an example."
            },
            exitCodeList = {"0:no difference found", "1:a difference found, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn gateways drift",
                "  ipn gateways drift --gateway stripe --since P7D",
                "  ipn gateways drift --json"
            })
    int drift(
            @Option(
                            names = "--gateway",
                            paramLabel = "NAME",
                            description =
                                    "Compare notifications of this gateway only, such as stripe. Default: of all gateways.")
                    @Nullable
                    String gateway,
            @Option(
                            names = "--since",
                            paramLabel = "WHEN",
                            description =
                                    "Compare only notifications stored since then: a time such as 2026-09-01T00:00:00Z, a day (UTC) such as 2026-09-01, or a duration before now such as P7D. Default: all.")
                    @Nullable
                    String since) {
        var from = Optional.ofNullable(since)
                .map(text -> TimeOption.start("--since", text, Clock.systemUTC().instant()));
        var accounts = accounts();
        requireKnown(gateway, accounts);
        var kafka = session.broker();
        var progress = new ProgressBar(session.terminal());
        var search = new DriftSearch(kafka, accounts, DriftDetector.load());
        var report = search.run(Optional.ofNullable(gateway), from, progress);
        progress.clear();
        if (session.json()) {
            session.print(report);
        } else {
            DriftTable.print(report, session.terminal());
        }
        return report.none() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    /** Reads the accounts without verifying them, because this command needs no secrets. */
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
        // the column for the jar is shown only if a gateway is not built in
        var thirdParty = gateways.stream().anyMatch(gateway -> !gateway.from().equals(GatewayView.BUILT_IN));
        var headings = new ArrayList<>(List.of("gateway", "accounts"));
        var proofs = PROOFS.stream().map(Proof::word).toList();
        headings.addAll(proofs);
        headings.add("vendor's library");
        if (thirdParty) {
            headings.add("from");
        }
        var table = new Table(headings.toArray(String[]::new)).numbers(proofs);
        for (var gateway : gateways) {
            var row = new ArrayList<>(List.of(gateway.name(), accounts(gateway)));
            PROOFS.forEach(proof -> row.add(gateway.shown(proof)));
            row.add(gateway.vendorLibraries());
            if (thirdParty) {
                row.add(gateway.from());
            }
            table.row(row.toArray());
        }
        return table;
    }

    private void legend() {
        var terminal = session.terminal();
        terminal.printErr("");
        terminal.printErr("Each number counts the test cases that passed:");
        PROOFS.forEach(proof -> terminal.printErr("  %-12s  %s".formatted(proof.word(), proof.meaning())));
        terminal.printErr(
                "A dash means: no test cases of this kind, or no vendor's library that the tests compare with.");
    }

    private static Table table(GatewayView gateway) {
        var table = new Table(gateway.name(), gateway.from(), "");
        table.row("accounts", accounts(gateway), "");
        table.row(
                "content types",
                gateway.contentTypes().isEmpty() ? "-" : String.join(", ", gateway.contentTypes()),
                "");
        table.row("vendor's library", gateway.vendorLibraries(), "");
        PROOFS.forEach(proof -> table.row(proof.word(), gateway.shown(proof), proof.meaning()));
        return table;
    }

    private static String accounts(GatewayView gateway) {
        return gateway.accounts().isEmpty() ? "-" : String.join(", ", gateway.accounts());
    }
}
