package ipn.app.command.finance;

import ipn.app.UserException;
import ipn.app.command.TimeOption;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.operations.reconcile.match.LineChoice;
import ipn.operations.reconcile.report.ReportFile;
import ipn.operations.reconcile.report.ReportLayout;
import ipn.operations.reconcile.report.ReportLayouts;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options: the report, its account, and which of its lines to compare. */
final class ReportOptions {
    @Option(
            names = "--gateway",
            required = true,
            paramLabel = "NAME",
            description = "Name of the gateway of the report, such as stripe.")
    private String gateway = "";

    @Option(
            names = "--account",
            required = true,
            paramLabel = "NAME",
            description = "Name of the merchant account at the gateway, such as main.")
    private String account = "";

    @Option(names = "--report", required = true, paramLabel = "FILE", description = "The CSV file of the report.")
    private Path file = Path.of("");

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description =
                    "Name of the layout of the report, such as settlement: a layout defined under the gateway in section reconcile of the settings, or a built-in one. Default: the gateway's first built-in layout or, without one, the first in the settings.")
    @Nullable
    private String layout;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Compare and inject only lines of this time or later: a time such as 2026-09-01T00:00:00Z, a day (UTC) such as 2026-09-01, or a duration before now such as P7D. A capture, refund or dispute with one line in that time is compared whole. Default: all lines, and payments since the time of the earliest.")
    @Nullable
    private String since;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description =
                    "Compare and inject only lines up to this time, in the same forms as --since. If it is a day, that whole day is included. Default: all lines, and payments until the time of the latest.")
    @Nullable
    private String until;

    @Option(
            names = "--payment",
            paramLabel = "KEY",
            description = "Compare and inject only lines of this payment, such as stripe/main/pi_3Nabc.")
    @Nullable
    private String payment;

    /**
     * The report, ready to be read.
     *
     * @throws UserException if there is no such gateway, account, layout or file
     * @throws SettingsException if section {@code reconcile} is wrong; secrets are neither needed nor read
     */
    ReportFile report(Settings settings) {
        var found = account(Accounts.from(settings));
        var layouts = ReportLayouts.from(settings);
        settings.problems().throwIfAny("reconcile");
        if (!Files.isRegularFile(file)) {
            throw UserException.usage("--report: %s does not exist (expected: a CSV file)".formatted(file));
        }
        return new ReportFile(file, layout(layouts), found);
    }

    private GatewayAccount account(Accounts accounts) {
        return accounts.find(gateway, account)
                .orElseThrow(() -> UserException.usage("%s/%s: no such account (expected: one of %s)"
                        .formatted(gateway, account, String.join(", ", new TreeMap<>(accounts.byName()).keySet()))));
    }

    private ReportLayout layout(ReportLayouts layouts) {
        var names = layouts.names(gateway);
        return layouts.find(gateway, Optional.ofNullable(layout))
                .orElseThrow(() -> UserException.usage(
                        names.isEmpty()
                                ? "%s: no layout for its reports (expected: one below reconcile.%s in the settings)"
                                        .formatted(gateway, gateway)
                                : "--layout: %s (expected: one of %s)".formatted(layout, String.join(", ", names))));
    }

    /**
     * Which lines to compare.
     *
     * @throws UserException if a time is none, no line can be within both, or the payment is of another account
     */
    LineChoice choice() {
        var now = Clock.systemUTC().instant();
        var from = Optional.ofNullable(since).map(text -> TimeOption.start("--since", text, now));
        var to = Optional.ofNullable(until).map(text -> TimeOption.end("--until", text, now));
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw UserException.usage("--since: %s (expected: not after --until, %s)".formatted(since, until));
        }
        var prefix = gateway + "/" + account + "/";
        if (payment != null && (!payment.startsWith(prefix) || payment.length() == prefix.length())) {
            throw UserException.usage(
                    "--payment: %s (expected: a payment key of the account of the report, such as %sID)"
                            .formatted(payment, prefix));
        }
        return new LineChoice(from, to, Optional.ofNullable(payment));
    }
}
