package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.Consent;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.PolicyTable;
import ipn.app.output.Table;
import ipn.app.policy.PolicyDiff;
import ipn.app.policy.PolicyDiffCsv;
import ipn.app.policy.PolicyDiffReport;
import ipn.avro.CatalogueVersion;
import ipn.avro.Decision;
import ipn.key.Sha256;
import ipn.operations.Operator;
import ipn.operations.policy.AppliedProgress;
import ipn.operations.policy.PolicyApplication;
import ipn.projector.ProjectorSettings;
import ipn.projector.catalogue.CatalogueChange;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.CatalogueText;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.history.CatalogueTopic;
import ipn.projector.history.CatalogueVersions;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of a command about the versions of products and policy. */
final class PolicyRun {
    private static final int USERS_SHOWN = 20;

    private final Session session;
    private final KafkaSettings kafka;
    private final CatalogueVersions versions;

    PolicyRun(Session session) {
        this.session = session;
        this.kafka = session.kafka();
        this.versions = new CatalogueTopic(kafka).read();
    }

    /** A version, since when it is in force, and the decision that put it back, if one did. */
    record Version(String version, Instant since, @Nullable String decision, boolean inForce) {}

    /** What was put back in force. */
    record Restored(Decision decision, String before) {}

    int diff(Settings settings, Optional<Instant> since, int limit, PolicyDiffCsv csv) {
        try (var report = diff(catalogue(settings), since)) {
            csv.write(report);
            if (session.json()) {
                PolicyTable.printJson(report, session.terminal());
            } else {
                PolicyTable.print(report, limit, session.terminal());
            }
            return report.isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
        }
    }

    int apply(Optional<Instant> since, Operator who, Consent consent) {
        var catalogue = catalogue(session.settingsOrBuiltIn().read());
        requireInForce(catalogue);
        try (var report = diff(catalogue, since)) {
            if (!session.json()) {
                PolicyTable.print(report, USERS_SHOWN, session.terminal());
            }
            if (report.isEmpty()) {
                session.terminal().printErr("nothing would change: nothing was written");
                return ExitCode.DONE;
            }
            if (!consent.given("apply version %s to what was paid before".formatted(catalogue.version()))) {
                return notConfirmed();
            }
            return apply(report, since, who);
        }
    }

    private int apply(PolicyDiffReport report, Optional<Instant> since, Operator who) {
        var examined = report.examined();
        var decision = application().write(examined.version(), since, shown(report.digest()), who);
        var progress = new ProgressBar(session.terminal());
        var result = application().await(decision, examined.payments() + examined.orders(), progress);
        progress.clear();
        return finish(result);
    }

    private void requireInForce(ProductCatalogue catalogue) {
        if (versions.isOlder(catalogue)) {
            throw UserException.problem(
                    "products and policy: version %s, which version %s has replaced (expected: the settings in force; to put these back in force: ipn policy restore %s)"
                            .formatted(
                                    versions.nameOf(catalogue),
                                    history().newest().version(),
                                    versions.nameOf(catalogue)));
        }
        if (!versions.endsWith(catalogue)) {
            throw UserException.problem(
                    "products and policy: not those that the projector runs with (expected: restart the projector with these settings first, then apply them)");
        }
    }

    int restore(String version, Operator who, Consent consent) {
        var before = history().newest();
        var older = versions.find(version)
                .orElseThrow(() -> UserException.problem(
                        version + ": no such version (expected: one from 'ipn policy versions')"));
        var catalogue = CatalogueText.parse(older.getText(), older.getVersion());
        if (versions.endsWith(catalogue)) {
            session.terminal().printErr("version %s is in force: nothing was written".formatted(version));
            return ExitCode.DONE;
        }
        var preview = preview(before, catalogue);
        if (!session.json()) {
            preview.forEach(session.terminal()::print);
        }
        if (!consent.given("put version %s back in force".formatted(version))) {
            return notConfirmed();
        }
        var decision = application().restore(older, shown(Sha256.hex(String.join("\n", preview))), who);
        if (session.json()) {
            session.print(new Restored(decision, before.version()));
        } else {
            session.terminal().print("decision %s written".formatted(decision.getDecisionId()));
        }
        session.terminal()
                .printErr("restart every projector with the settings of version %s: until then it judges by version %s"
                        .formatted(version, before.version()));
        return ExitCode.DONE;
    }

    private static List<String> preview(ProductCatalogue before, ProductCatalogue restored) {
        var lines = new ArrayList<String>();
        lines.add(
                "version %s replaces version %s: what is paid from now on is judged by it; what was paid before keeps its result"
                        .formatted(restored.version(), before.version()));
        CatalogueChange.between(before, restored).lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    int versions() {
        var newest = versions.newest();
        var all = versions.inForce().stream()
                .map(each -> version(each, newest.filter(each::equals).isPresent()))
                .toList();
        session.show(all, () -> {
            var table = new Table("version", "in force since", "put back by decision", "");
            all.forEach(each -> table.row(
                    each.version(),
                    each.since(),
                    Objects.requireNonNullElse(each.decision(), ""),
                    each.inForce() ? "in force" : ""));
            return table;
        });
        return ExitCode.DONE;
    }

    private static Version version(CatalogueVersion record, boolean inForce) {
        return new Version(record.getVersion(), record.getFrom(), record.getDecision(), inForce);
    }

    int status() {
        var progress = application().progress();
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

    private int notConfirmed() {
        session.terminal().printErr("not confirmed: nothing was written");
        return ExitCode.FOUND_PROBLEMS;
    }

    /** With --json no preview is printed. */
    private Optional<String> shown(String digest) {
        return Optional.of(digest).filter(any -> !session.json());
    }

    private PolicyDiffReport diff(ProductCatalogue catalogue, Optional<Instant> since) {
        var progress = new ProgressBar(session.terminal());
        var report = new PolicyDiff(kafka, session.projectorId(), history(), catalogue, since, Clock.systemUTC())
                .run(progress);
        progress.clear();
        return report;
    }

    private ProductCatalogue catalogue(Settings settings) {
        return ProjectorSettings.from(settings.withoutSecrets(), kafka.topics().partitions(), session.data())
                .products();
    }

    private CatalogueHistory history() {
        return versions.history()
                .orElseThrow(
                        () -> UserException.problem(
                                "ipn.catalogues: empty (expected: a projector that has started once: there is nothing to compare with)"));
    }

    private PolicyApplication application() {
        return new PolicyApplication(kafka, kafka.serdes(), session.projectorId(), Clock.systemUTC());
    }
}
