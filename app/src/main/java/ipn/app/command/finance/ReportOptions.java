package ipn.app.command.finance;

import ipn.app.UserException;
import ipn.app.command.TimeOption;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.operations.reconcile.report.ReportFile;
import ipn.operations.reconcile.report.ReportLayout;
import ipn.operations.reconcile.report.ReportLayouts;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options: the report, its account and the time it covers. */
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
                    "Start of the time that the report covers: a time such as 2026-09-01T00:00:00Z, a day (UTC) such as 2026-09-01, or a duration before now such as P7D. Default: the time of its earliest line.")
    @Nullable
    private String since;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description =
                    "End of the time that the report covers, in the same forms as --since. If it is a day, that whole day is included. Default: the time of its latest line.")
    @Nullable
    private String until;

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

    Optional<Instant> since() {
        return Optional.ofNullable(since).map(text -> TimeOption.start("--since", text, now()));
    }

    Optional<Instant> until() {
        return Optional.ofNullable(until).map(text -> TimeOption.end("--until", text, now()));
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
