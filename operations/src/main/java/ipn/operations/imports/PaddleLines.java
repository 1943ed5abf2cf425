package ipn.operations.imports;

import ipn.fact.Fact.SubscriptionStatus;
import ipn.imported.ImportedSubscription.Sold;
import ipn.imported.ImportedSubscription.Terms;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Paddle Billing: objects of {@code GET /subscriptions}, and CSV with the same names. */
final class PaddleLines implements ExportFormat.Lines {
    @Override
    public String id(ExportLine line) {
        return line.required("id", "/id", "/subscription_id");
    }

    @Override
    public Terms terms(ExportLine line, ImportAccount names, Instant asOf) {
        var status = status(line);
        var start = ExportTimes.time(
                line,
                "/current_billing_period/starts_at",
                "/current_billing_period_starts_at",
                "/current_period_start");
        var end = ExportTimes.time(
                line, "/current_billing_period/ends_at", "/current_billing_period_ends_at", "/current_period_end");
        var created = ExportTimes.time(line, "/started_at", "/first_billed_at", "/created_at");
        var change = line.word("/scheduled_change/action", "/scheduled_change_action");
        var ends = change.filter(action -> !action.equals("resume")).isPresent();
        return new Terms(
                status,
                items(line),
                names.in(line, "/custom_data"),
                new PaidPeriod(created, start, end, asOf).ofPeriodThatBegan(status),
                end,
                trialEnd(line).or(() -> status == SubscriptionStatus.TRIALING ? end : Optional.empty()),
                ends,
                ends
                        ? ExportTimes.time(line, "/scheduled_change/effective_at", "/scheduled_change_effective_at")
                        : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Instant> trialEnd(ExportLine line) {
        return line.elements("/items").stream()
                .flatMap(item -> ExportTimes.time(item, "/trial_dates/ends_at").stream())
                .max(Comparator.naturalOrder())
                .or(() -> ExportTimes.time(line, "/trial_ends_at", "/trial_dates_ends_at"));
    }

    private static List<Sold> items(ExportLine line) {
        var items = line.elements("/items").stream()
                .filter(item -> !item.word("/status").equals(Optional.of("inactive")))
                .map(item -> sold(item, "/price/id", "/price/product_id", "/product/id"))
                .toList();
        return items.isEmpty() ? List.of(sold(line, "/price_id", "/product_id")) : items;
    }

    private static Sold sold(ExportLine item, String... names) {
        var skus = new LinkedHashSet<String>();
        for (var name : names) {
            item.text(name).ifPresent(skus::add);
        }
        return new Sold(List.copyOf(skus), item.count("/quantity"));
    }

    private static SubscriptionStatus status(ExportLine line) {
        return switch (line.word("/status").orElseThrow(() -> new LineException("status: missing"))) {
            case "trialing" -> SubscriptionStatus.TRIALING;
            case "active" -> SubscriptionStatus.ACTIVE;
            case "past_due" -> SubscriptionStatus.PAST_DUE;
            case "paused" -> SubscriptionStatus.PAUSED;
            case "canceled" -> SubscriptionStatus.CANCELED;
            default ->
                throw new LineException("status: unknown (expected: active, trialing, past_due, paused or canceled)");
        };
    }
}
