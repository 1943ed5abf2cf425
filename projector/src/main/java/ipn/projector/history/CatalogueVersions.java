package ipn.projector.history;

import ipn.avro.CatalogueVersion;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.CatalogueHistory.Entry;
import ipn.projector.catalogue.CatalogueText;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.settings.SettingsException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of the topic of catalogues.
 *
 * @param records in the order of the topic
 */
public record CatalogueVersions(List<CatalogueVersion> records) {
    public CatalogueVersions {
        records = List.copyOf(records);
    }

    /** The history that they make: of equal versions in a row the first counts, and no version begins before an earlier one. */
    public Optional<CatalogueHistory> history() {
        var entries = new ArrayList<Entry>();
        var last = "";
        for (var each : records) {
            if (!each.getText().equals(last)) {
                var catalogue = CatalogueText.parse(each.getText(), each.getVersion());
                entries.add(new Entry(later(entries, each.getFrom()), catalogue));
                last = each.getText();
            }
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(new CatalogueHistory(entries));
    }

    private static Instant later(List<Entry> entries, Instant from) {
        var last = entries.isEmpty() ? from : entries.get(entries.size() - 1).from();
        return from.isBefore(last) ? last : from;
    }

    /** Whether the newest version is this catalogue. */
    public boolean endsWith(ProductCatalogue catalogue) {
        return !records.isEmpty() && records.get(records.size() - 1).getText().equals(CatalogueText.of(catalogue));
    }

    /**
     * The record to write for a catalogue that is not the newest.
     *
     * @throws SettingsException if its name is that of another version
     */
    public CatalogueVersion next(ProductCatalogue catalogue, Instant now) {
        var text = CatalogueText.of(catalogue);
        var isTaken = records.stream()
                .anyMatch(each -> each.getVersion().equals(catalogue.version())
                        && !each.getText().equals(text));
        if (isTaken) {
            throw new SettingsException(List.of(
                    "policy.version: %s (expected: another name, or none; products or policy differ from what judges under this name)"
                            .formatted(catalogue.version())));
        }
        return new CatalogueVersion(catalogue.version(), text, now.truncatedTo(ChronoUnit.MILLIS));
    }
}
