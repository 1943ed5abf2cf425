package ipn.operations.imports;

import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.gateway.Delivery;
import ipn.gateway.Translation;
import ipn.imported.ImportedSubscription;
import ipn.imported.ImportedSubscription.Source;
import ipn.imported.ImportedSubscriptions;
import ipn.operations.imports.LineProblem.Kind;
import ipn.operations.topic.Progress;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An export of subscriptions, and how its lines are read.
 *
 * @param account of lines that name none; empty: each line names its account
 * @param asOf when the export was made
 * @param now by our clock
 */
public record SubscriptionExport(
        Path file,
        ExportFormat format,
        Optional<String> account,
        Instant asOf,
        Instant now,
        Settings settings,
        Accounts accounts) {

    /** Receives what the lines contain. */
    public interface Receiver {
        /** A subscription that can be imported. */
        void subscription(AccountId account, ImportedSubscription subscription);

        /** A line that cannot. */
        void problem(LineProblem problem);
    }

    /** Reads all lines. Lines that cannot be read are problems and do not stop the others. */
    public void read(Progress progress, String step, Receiver receiver) {
        var known = new HashMap<String, Optional<ImportAccount>>();
        Consumer<ExportLine> each = line -> {
            try {
                var found = account(line, known);
                receiver.subscription(found.id(), checked(found.id(), subscription(line, found)));
            } catch (LineException e) {
                receiver.problem(e.problem(line.number()));
            }
        };
        new ExportFile(file).read(progress, step, ExportFile.receiver(each, receiver::problem));
    }

    private ImportedSubscription subscription(ExportLine line, ImportAccount names) {
        var name = file.getFileName();
        return new ImportedSubscription(
                format.lines().id(line),
                asOf,
                format.lines().terms(line, names, asOf),
                new Source(name == null ? "" : name.toString(), line.number()));
    }

    private ImportAccount account(ExportLine line, Map<String, Optional<ImportAccount>> known) {
        var gateway = format.gateway().isEmpty() ? line.required("gateway", "/gateway") : format.gateway();
        var name = account.or(() -> line.text("/account")).orElseThrow(() -> new LineException("account: missing"));
        return known.computeIfAbsent(gateway + "/" + name, any -> ImportAccount.find(settings, accounts, gateway, name))
                .orElseThrow(() -> new LineException(
                        Kind.UNKNOWN_ACCOUNT, "gateway and account: not configured (expected: those of the settings)"));
    }

    /** What the processor would refuse is reported with its line instead. */
    private ImportedSubscription checked(AccountId id, ImportedSubscription subscription) {
        var delivery = new Delivery(Map.of(), subscription.document(), now, Optional.empty());
        if (ImportedSubscriptions.translate(id, delivery) instanceof Translation.Refused refused) {
            throw new LineException(refused.detail());
        }
        return subscription;
    }

    /** Which product names mean. */
    @FunctionalInterface
    public interface Catalogue {
        /** @return name of the product; empty: not in the catalogue */
        Optional<String> product(Optional<String> word, List<String> skus);
    }
}
