package ipn.app.command.finance;

import ipn.app.UserException;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.operations.reconcile.report.ReportFile;
import ipn.operations.reconcile.report.ReportLayout;
import ipn.operations.reconcile.report.ReportLayouts;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
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
            description = "The gateway of the report, such as stripe.")
    private String gateway = "";

    @Option(
            names = "--account",
            required = true,
            paramLabel = "NAME",
            description = "The account's name in the settings.")
    private String account = "";

    @Option(names = "--report", required = true, paramLabel = "FILE", description = "The CSV file of the report.")
    private Path file = Path.of("");

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description =
                    "The layout of the report: a name below 'reconcile.<gateway>'. Default: the gateway's default layout.")
    @Nullable
    private String layout;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Start of the time that the report covers, such as 2026-09-01T00:00:00Z. Default: its first line.")
    @Nullable
    private String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "End of the time that the report covers. Default: its last line.")
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
        var problems = settings.problems().found().stream()
                .filter(problem -> problem.startsWith("reconcile"))
                .toList();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
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
        return time("--since", since);
    }

    Optional<Instant> until() {
        return time("--until", until);
    }

    private static Optional<Instant> time(String option, @Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            throw UserException.usage("%s: %s (expected: a time such as 2026-09-01T00:00:00Z)".formatted(option, text));
        }
    }
}
