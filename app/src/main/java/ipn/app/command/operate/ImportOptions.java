package ipn.app.command.operate;

import ipn.app.UserException;
import ipn.app.command.TimeOption;
import ipn.gateway.Accounts;
import ipn.operations.imports.ExportFormat;
import ipn.operations.imports.SubscriptionExport;
import ipn.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options: the export, its account and its time. */
final class ImportOptions {
    @Parameters(paramLabel = "FILE", description = "The export: CSV with a header, or lines of JSON.")
    private Path file = Path.of("");

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FORMAT",
            description =
                    "Where the export is from: stripe, paddle, apple, or csv with our own columns for any gateway.")
    private ExportFormat format = ExportFormat.CSV;

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description =
                    "Name of the merchant account at the gateway, such as main. Default: the gateway's only account; of csv, the column account.")
    @Nullable
    private String account;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description =
                    "When the export was made, by the gateway's page or by your job; not when the file was copied. What the gateway reports of a later time overrides the import. Required.")
    @Nullable
    private String asOf;

    /**
     * The export, ready to be read.
     *
     * @throws UserException if there is no such file or account, or the time is in the future
     */
    SubscriptionExport export(Settings settings, Accounts accounts, Instant now) {
        if (!Files.isRegularFile(file)) {
            throw UserException.usage("FILE: %s does not exist (expected: an export)".formatted(file));
        }
        return new SubscriptionExport(file, format, account(accounts), asOf(now), now, settings, accounts);
    }

    private Instant asOf(Instant now) {
        if (asOf == null) {
            throw UserException.usage(
                    "--as-of: missing (expected: when the export was made; what the gateway reports of a later time overrides the import)");
        }
        var time = TimeOption.time("--as-of", asOf);
        if (time.isAfter(now)) {
            throw UserException.usage(
                    "--as-of: %s is in the future (expected: when the export was made; a later time would override what the gateway reports)"
                            .formatted(time));
        }
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private Optional<String> account(Accounts accounts) {
        if (format.gateway().isEmpty()) {
            return Optional.ofNullable(account);
        }
        var names = accounts.byName().values().stream()
                .map(each -> each.id())
                .filter(id -> id.gateway().equals(format.gateway()))
                .map(id -> id.account())
                .sorted()
                .toList();
        var chosen = account == null && names.size() == 1 ? names.get(0) : account;
        if (chosen == null || !names.contains(chosen)) {
            throw UserException.usage("--account: %s (expected: an account of %s in the settings: %s)"
                    .formatted(chosen == null ? "missing" : chosen, format.gateway(), shown(names)));
        }
        return Optional.of(chosen);
    }

    private static String shown(List<String> names) {
        return names.isEmpty() ? "there is none" : String.join(", ", names);
    }
}
