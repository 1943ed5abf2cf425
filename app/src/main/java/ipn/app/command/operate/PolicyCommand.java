package ipn.app.command.operate;

import ipn.app.ConfigCheck;
import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.Consent;
import ipn.app.command.DecisionOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.command.TimeOption;
import ipn.app.output.PolicyTable;
import ipn.app.output.Table;
import ipn.app.policy.PolicyDiff;
import ipn.app.policy.PolicyDiffCsv;
import ipn.app.policy.PolicyDiffReport;
import ipn.operations.policy.AppliedProgress;
import ipn.operations.policy.PolicyApplication;
import ipn.projector.ProjectorSettings;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.history.CatalogueTopic;
import ipn.projector.history.CatalogueVersions;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Previews what changed settings would change of what was paid before, and applies them to it. */
@Command(
        name = "policy",
        description = {
            "Previews what changed products and policy would change of what was paid before, and applies them to it.",
            "",
            "What is paid is judged by the settings of its time. Changed settings judge nothing again by themselves: preview them with diff,"
                    + " restart the projector with them, then apply them if what was paid before was judged by mistaken settings."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn policy diff new.yaml", "  ipn policy apply --why 'product name was mistyped'"})
public final class PolicyCommand {
    private static final String SINCE =
            "Only what was paid at this time or later, by the gateway's clock: a time, a day in UTC, or a duration before now. Default: everything.";

    private final Session session;

    public PolicyCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "diff",
            description = {
                "Shows which users would gain or lose access, or keep it with another end, if the products and the policy of a settings file judged everything that was paid before. Writes nothing.",
                "",
                "Reads the state of the projector from Kafka. Problems of the file are shown as by 'ipn config check'. The digest is the"
                        + " same for the same changes."
            },
            exitCodeList = {
                "0:nothing would change",
                "1:something would change, as for diff, or a failure",
                "2:the settings have problems, or wrong usage"
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn policy diff new.yaml",
                "  ipn policy diff new.yaml --since 2026-11-01 --csv changes.csv",
                "  ipn policy diff new.yaml --json"
            })
    int diff(
            @Parameters(paramLabel = "SETTINGS", description = "The settings file.") Path file,
            @Option(names = "--since", paramLabel = "TIME", description = SINCE) @Nullable String since,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Users in the table, at most. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Option(names = "--csv", paramLabel = "FILE", description = "Write all changes to this file.") @Nullable
                    Path csv) {
        var problems = ConfigCheck.problems(file, session.environment(), session.data(), false);
        if (!problems.isEmpty()) {
            return new ConfigCommand(session).check(file, false);
        }
        var kafka = session.kafka();
        var catalogue = catalogue(Settings.load(file, session.environment()), kafka);
        var history = versions(kafka).history().orElseThrow(PolicyCommand::neverStarted);
        var report = diff(kafka, history, catalogue, since(since));
        new PolicyDiffCsv("--csv", Optional.ofNullable(csv)).write(report);
        show(report, limit);
        return report.isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    @Command(
            name = "apply",
            customSynopsis = "ipn policy apply [OPTIONS] --why=TEXT",
            description = {
                "Applies the settings that the projector runs with to what was paid before: shows the preview, asks for confirmation, records the decision, and waits until the projector has matched all payments and orders again. Requires --why.",
                "",
                "The brake withholds revocations beyond its limits. The decision can be undone with another 'ipn policy apply' of other settings."
            },
            exitCodeList = {
                "0:done, or nothing would change",
                "1:not confirmed, the projector does not run with these settings or has made no progress for 60 s (it still will), or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn policy apply --why 'product name was mistyped'",
                "  ipn policy apply --since 2026-11-01 --by ada --why 'price was wrong' --yes"
            })
    int apply(
            @Mixin DecisionOptions who,
            @Option(names = "--since", paramLabel = "TIME", description = SINCE) @Nullable String since,
            @Option(names = "--yes", description = "Do not ask for confirmation.") boolean yes) {
        var operator = who.operator("it is stored with the decision");
        var consent = new Consent(session.terminal(), yes);
        consent.requireConsole("policy apply");
        var from = since(since);
        var kafka = session.kafka();
        var catalogue = catalogue(session.settingsOrBuiltIn().read(), kafka);
        var versions = versions(kafka);
        if (!versions.endsWith(catalogue)) {
            throw UserException.problem(
                    "products and policy: not those that the projector runs with (expected: restart the projector with these settings first, then apply them)");
        }
        var report = diff(kafka, versions.history().orElseThrow(), catalogue, from);
        if (!session.json()) {
            PolicyTable.print(report, 20, session.terminal());
        }
        if (report.isEmpty()) {
            session.terminal().printErr("nothing would change: nothing was written");
            return ExitCode.DONE;
        }
        if (!consent.given("apply version %s to what was paid before".formatted(catalogue.version()))) {
            session.terminal().printErr("not confirmed: nothing was written");
            return ExitCode.FOUND_PROBLEMS;
        }
        var application = application(kafka);
        var decision = application.write(catalogue.version(), from, report.digest(), operator);
        var progress = new ProgressBar(session.terminal());
        var result = application.await(decision, report.payments() + report.orders(), progress);
        progress.clear();
        return finish(result);
    }

    private int finish(AppliedProgress result) {
        if (session.json()) {
            session.print(result);
        } else {
            session.terminal()
                    .print("%d payment(s) and order(s) matched again, %d changed"
                            .formatted(result.examined(), result.changed()));
        }
        if (!result.complete()) {
            session.terminal()
                    .printErr(
                            "%d partition(s) have not finished (expected: a running projector; it continues when it starts; see 'ipn policy status')"
                                    .formatted(result.partitions() - result.done()));
        }
        return result.complete() && result.failed() == 0 ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    @Command(
            name = "status",
            description = "Shows which versions were applied to what was paid before, and how far the projector is.",
            exitCodeList = {"0:everything was matched again", "1:some is left, or a failure", ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {"  ipn policy status", "  ipn policy status --json"})
    int status() {
        var progress = application(session.kafka()).progress();
        session.show(progress, () -> {
            var table = new Table("version", "since", "decided at", "decision");
            progress.applied()
                    .forEach(each -> table.row(
                            each.version(),
                            each.since().map(Instant::toString).orElse("ever"),
                            each.at(),
                            each.decisionId()));
            return table;
        });
        if (!session.json()) {
            session.terminal()
                    .print("%d of %d partition(s) done; %d matched again, %d changed, %d failed"
                            .formatted(
                                    progress.done(),
                                    progress.partitions(),
                                    progress.examined(),
                                    progress.changed(),
                                    progress.failed()));
        }
        return progress.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private void show(PolicyDiffReport report, int limit) {
        if (session.json()) {
            session.print(report);
        } else {
            PolicyTable.print(report, limit, session.terminal());
        }
    }

    private PolicyDiffReport diff(
            KafkaSettings kafka, CatalogueHistory history, ProductCatalogue catalogue, Optional<Instant> since) {
        var progress = new ProgressBar(session.terminal());
        var report = new PolicyDiff(kafka, session.projectorId(), history, catalogue, since, Clock.systemUTC())
                .run(progress);
        progress.clear();
        return report;
    }

    private ProductCatalogue catalogue(Settings settings, KafkaSettings kafka) {
        return ProjectorSettings.from(settings.withoutSecrets(), kafka.topics().partitions(), session.data())
                .products();
    }

    private static CatalogueVersions versions(KafkaSettings kafka) {
        return new CatalogueTopic(kafka).read();
    }

    private static UserException neverStarted() {
        return UserException.problem(
                "ipn.catalogues: empty (expected: a projector that has started once: there is nothing to compare with)");
    }

    private static Optional<Instant> since(@Nullable String since) {
        return Optional.ofNullable(since)
                .map(text -> TimeOption.start("--since", text, Clock.systemUTC().instant()));
    }

    private PolicyApplication application(KafkaSettings kafka) {
        return new PolicyApplication(kafka, kafka.serdes(), session.projectorId(), Clock.systemUTC());
    }
}
