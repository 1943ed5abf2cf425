package ipn.projector.history;

import ipn.avro.CatalogueVersion;
import ipn.decision.VersionsInForce;
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

    /** The history that the records in force make; no version begins before an earlier one. */
    public Optional<CatalogueHistory> history() {
        var entries = new ArrayList<Entry>();
        for (var each : inForce()) {
            entries.add(
                    new Entry(later(entries, each.getFrom()), CatalogueText.parse(each.getText(), each.getVersion())));
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(new CatalogueHistory(entries));
    }

    private static Instant later(List<Entry> entries, Instant from) {
        var last = entries.isEmpty() ? from : entries.get(entries.size() - 1).from();
        return from.isBefore(last) ? last : from;
    }

    /** The records that each put a version in force, in their order. */
    public List<CatalogueVersion> inForce() {
        return VersionsInForce.of(records);
    }

    /** The version in force. */
    public Optional<CatalogueVersion> newest() {
        var inForce = inForce();
        return inForce.isEmpty() ? Optional.empty() : Optional.of(inForce.get(inForce.size() - 1));
    }

    /** Whether the version in force is this catalogue. */
    public boolean endsWith(ProductCatalogue catalogue) {
        return newest().filter(newest -> newest.getText().equals(CatalogueText.of(catalogue)))
                .isPresent();
    }

    /** Whether this catalogue was in force before, and another is now. */
    public boolean isOlder(ProductCatalogue catalogue) {
        var text = CatalogueText.of(catalogue);
        return !endsWith(catalogue)
                && records.stream().anyMatch(each -> each.getText().equals(text));
    }

    /** The record of a version that was in force, by its name. */
    public Optional<CatalogueVersion> find(String version) {
        return records.stream()
                .filter(each -> each.getVersion().equals(version))
                .findFirst();
    }

    /** The name under which a catalogue was in force; its own if it never was. */
    public String nameOf(ProductCatalogue catalogue) {
        var text = CatalogueText.of(catalogue);
        return records.stream()
                .filter(each -> each.getText().equals(text))
                .findFirst()
                .map(CatalogueVersion::getVersion)
                .orElseGet(catalogue::version);
    }

    /**
     * The record to write for a catalogue that was never in force.
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
        return new CatalogueVersion(catalogue.version(), text, now.truncatedTo(ChronoUnit.MILLIS), null);
    }
}
