package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.Consent;
import ipn.app.command.JsonLinesFile;
import ipn.app.command.OperatorOption;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.ImportTable;
import ipn.gateway.Accounts;
import ipn.operations.imports.ImportSummary;
import ipn.operations.imports.ImportSummary.Summary;
import ipn.operations.imports.LineProblem;
import ipn.operations.imports.SubscriptionExport;
import ipn.operations.imports.SubscriptionImport;
import ipn.operations.imports.SubscriptionImport.Written;
import ipn.projector.catalogue.CatalogueSettings;
import ipn.projector.catalogue.Product;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Imports what began before the gateways notified us. */
@Command(
        name = "import",
        description = "Imports subscriptions that began before the gateways notified this system.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn import subscriptions subscriptions.csv --from stripe \\",
            "      --as-of 2026-09-01T00:00:00Z --dry-run",
            "  ipn import subscriptions subscriptions.csv --from stripe \\",
            "      --as-of 2026-09-01T00:00:00Z"
        })
public final class ImportCommand {
    private final Session session;

    public ImportCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    private record Report(Summary summary, @Nullable Written written) {}

    @Command(
            name = "subscriptions",
            description = {
                "Imports the subscriptions of a gateway's export, so that their users have access now.",
                "",
                "Each line becomes a raw record with the key of the gateway's own notifications: the next of them continues the subscription."
                        + " An imported period gives access and is no money: the ledger has no entry and the user no receipt."
                        + " Prices are not compared, but the product must be in the settings and the line must name the user."
                        + " A summary comes first, and nothing is written before it is confirmed. The same export again changes nothing."
            },
            exitCodeList = {
                "0:all lines can be imported, and were unless --dry-run",
                "1:lines with problems (those that can be read are imported), not confirmed, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn import subscriptions subscriptions.csv --from stripe \\",
                "      --as-of 2026-09-01T00:00:00Z --dry-run",
                "  ipn import subscriptions paddle.jsonl --from paddle \\",
                "      --as-of 2026-09-01T00:00:00Z --yes",
                "  ipn import subscriptions members.csv --from csv \\",
                "      --as-of 2026-09-01T00:00:00Z --errors problems.jsonl"
            })
    int subscriptions(
            @Mixin ImportOptions which,
            @Option(names = "--dry-run", description = "Print the summary and write nothing. Needs no Kafka.")
                    boolean dryRun,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "5",
                            description = "Show at most N lines of each kind of problem. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Option(
                            names = "--errors",
                            paramLabel = "FILE",
                            description = "Write all lines with problems to this file, each as one line of JSON.")
                    @Nullable
                    Path errors,
            @Option(names = "--yes", description = "Do not ask for confirmation.") boolean yes,
            @Mixin OperatorOption by) {
        var consent = new Consent(session.terminal(), yes);
        if (!dryRun) {
            consent.requireConsole("import");
        }
        var settings = session.settingsOrBuiltIn().read();
        var accounts = Accounts.from(settings);
        var catalogue = catalogue(settings, accounts);
        var sealer = dryRun ? Optional.<Sealer>empty() : Sealer.from(settings, SealRole.TOOLS);
        settings.problems().throwIfAny(dryRun ? "products" : "seal");
        var export = which.export(settings, accounts, Clock.systemUTC().instant());
        var kafka = dryRun ? Optional.<KafkaSettings>empty() : Optional.of(session.broker());
        var summary = summary(export, catalogue, limit, Optional.ofNullable(errors));
        if (!session.json()) {
            ImportTable.print(summary, session.terminal());
        }
        var written = kafka.isEmpty() || summary.subscriptions() == 0
                ? null
                : write(new SubscriptionImport(kafka.get(), Clock.systemUTC(), sealer), export, summary, consent, by);
        if (session.json()) {
            session.print(new Report(summary, written));
        }
        var done = dryRun || written != null && written.stopped().isEmpty();
        return done && !summary.hasProblems() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private static SubscriptionExport.Catalogue catalogue(Settings settings, Accounts accounts) {
        var products = CatalogueSettings.from(settings, accounts.live());
        return (word, skus) -> products.find(word, skus).map(Product::name);
    }

    private Summary summary(
            SubscriptionExport export, SubscriptionExport.Catalogue catalogue, int limit, Optional<Path> errors) {
        var progress = new ProgressBar(session.terminal());
        try (var file = JsonLinesFile.<LineProblem>open("--errors", errors)) {
            var summary = new ImportSummary(catalogue, limit, file);
            export.read(progress, "reading the export", summary);
            return summary.summary(export.asOf());
        } catch (UncheckedIOException e) {
            throw UserException.usage("FILE: cannot be read to its end (expected: a file)");
        } finally {
            progress.clear();
        }
    }

    private @Nullable Written write(
            SubscriptionImport writer, SubscriptionExport export, Summary summary, Consent consent, OperatorOption by) {
        var operator = by.operator(session, Optional.empty());
        if (!consent.given("import %d subscription(s) as of %s".formatted(summary.subscriptions(), summary.asOf()))) {
            session.terminal().printErr("not confirmed: nothing was written");
            return null;
        }
        var progress = new ProgressBar(session.terminal());
        var written = writer.write(export, operator, progress);
        progress.clear();
        if (!session.json()) {
            session.terminal()
                    .print("%d subscription(s) written, up to line %d"
                            .formatted(written.records(), written.lastLine()));
        }
        written.stopped().ifPresent(why -> session.terminal().printErr("stopped: " + why));
        return written;
    }
}
