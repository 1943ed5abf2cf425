package ipn.operations.imports;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.RefusedException;
import ipn.imported.ImportedSubscription.Sold;
import ipn.imported.ImportedSubscription.Terms;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Our own columns, for any gateway. */
final class GenericLines implements ExportFormat.Lines {
    private static final Map<ReferenceName, String> REFERENCES = Map.of(
            ReferenceName.SUBJECT, "/subject",
            ReferenceName.PRODUCT, "/product",
            ReferenceName.REFERENCE, "/reference");

    @Override
    public String id(ExportLine line) {
        return line.required("subscription", "/subscription");
    }

    @Override
    public Terms terms(ExportLine line, ImportAccount names, Instant asOf) {
        var status = status(line);
        var start = ExportTimes.time(line, "/period_start");
        var end = ExportTimes.time(line, "/period_end");
        var ends = line.flag("/cancel_at_period_end");
        return new Terms(
                status,
                items(line),
                references(line),
                new PaidPeriod(Optional.empty(), start, end, asOf).ofPeriodThatWasPaid(status),
                end,
                ExportTimes.time(line, "/trial_end"),
                ends,
                ends ? end : Optional.empty(),
                Optional.empty(),
                price(line),
                line.text("/latest_payment"));
    }

    /** Several names of one product are separated by blanks. */
    private static List<Sold> items(ExportLine line) {
        var skus = line.text("/sku").stream()
                .flatMap(names -> Arrays.stream(names.split("\\s+", -1)))
                .toList();
        return skus.isEmpty() ? List.of() : List.of(new Sold(skus, line.count("/quantity")));
    }

    private static Map<ReferenceName, String> references(ExportLine line) {
        var found = new EnumMap<ReferenceName, String>(ReferenceName.class);
        REFERENCES.forEach((name, column) -> line.text(column).ifPresent(word -> found.put(name, word)));
        return found;
    }

    private static Optional<Money> price(ExportLine line) {
        try {
            return line.text("/amount")
                    .map(amount -> Amounts.ISO.ofDecimal(amount, line.required("currency", "/currency"), "amount"));
        } catch (RefusedException e) {
            throw new LineException(e.detail());
        }
    }

    private static SubscriptionStatus status(ExportLine line) {
        var word = line.text("/status").orElseThrow(() -> new LineException("status: missing"));
        return Arrays.stream(SubscriptionStatus.values())
                .filter(status -> status.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new LineException(
                                "status: unknown (expected: active, trialing, past_due, unpaid, paused, canceled, expired or pending)"));
    }
}
