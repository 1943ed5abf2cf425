package ipn.operations.imports;

import ipn.fact.Fact.SubscriptionStatus;
import ipn.imported.ImportedSubscription.Period;
import ipn.imported.ImportedSubscription.Sold;
import ipn.imported.ImportedSubscription.Terms;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Stripe: objects of {@code GET /v1/subscriptions}, and the CSV of the dashboard, whose columns are read as fields of such objects. */
final class StripeLines implements ExportFormat.Lines {
    private static final String ITEMS = "/items/data";

    @Override
    public String id(ExportLine line) {
        return line.required("id", "/id", "/subscription_id");
    }

    @Override
    public Terms terms(ExportLine line, ImportAccount names, Instant asOf) {
        var status = status(line);
        var start = time(line, "current_period_start", BinaryOperator.minBy(Comparator.naturalOrder()));
        var end = time(line, "current_period_end", BinaryOperator.maxBy(Comparator.naturalOrder()));
        var atPeriodEnd = line.flag("/cancel_at_period_end");
        var cancelAt = ExportTimes.time(line, "/cancel_at", "/cancel_at_utc");
        var created = ExportTimes.time(line, "/created", "/created_utc", "/start_date", "/start_date_utc");
        var paid = isUnpaidEnd(line, status)
                ? Optional.<Period>empty()
                : new PaidPeriod(created, start, end, asOf).ofPeriodThatBegan(status);
        return new Terms(
                status,
                items(line),
                names.in(line, "/metadata"),
                paid,
                end,
                ExportTimes.time(line, "/trial_end", "/trial_end_utc"),
                atPeriodEnd || cancelAt.isPresent(),
                atPeriodEnd ? cancelAt.or(() -> end) : cancelAt,
                Optional.empty(),
                Optional.empty(),
                line.text("/latest_invoice/payment_intent/id", "/latest_invoice/payment_intent"));
    }

    /** A subscription that Stripe canceled because nobody paid: its last period was not paid either. */
    private static boolean isUnpaidEnd(ExportLine line, SubscriptionStatus status) {
        return status == SubscriptionStatus.CANCELED
                && line.word("/cancellation_details/reason", "/cancellation_reason")
                        .filter("payment_failed"::equals)
                        .isPresent();
    }

    /** Periods are on the items since 2025, on the subscription before. */
    private static Optional<Instant> time(ExportLine line, String name, BinaryOperator<Instant> of) {
        return line.elements(ITEMS).stream()
                .flatMap(item -> ExportTimes.time(item, "/" + name).stream())
                .reduce(of)
                .or(() -> ExportTimes.time(line, "/" + name, "/" + name + "_utc"));
    }

    private static List<Sold> items(ExportLine line) {
        var items = line.elements(ITEMS).stream().map(StripeLines::item).toList();
        return items.isEmpty() ? List.of(column(line)) : items;
    }

    private static Sold item(ExportLine item) {
        var skus = new LinkedHashSet<String>();
        for (var price : List.of("/price", "/plan")) {
            item.text(price + "/id", price).ifPresent(skus::add);
            item.text(price + "/lookup_key").ifPresent(skus::add);
            item.text(price + "/product/id", price + "/product").ifPresent(skus::add);
        }
        return new Sold(List.copyOf(skus), item.count("/quantity"));
    }

    private static Sold column(ExportLine line) {
        var skus = new LinkedHashSet<String>();
        line.text("/plan/id", "/plan", "/price/id", "/price", "/plan_id", "/price_id")
                .ifPresent(skus::add);
        line.text("/product", "/product_id").ifPresent(skus::add);
        return new Sold(List.copyOf(skus), line.count("/quantity"));
    }

    private static SubscriptionStatus status(ExportLine line) {
        return switch (line.word("/status").orElseThrow(() -> new LineException("status: missing"))) {
            case "incomplete" -> SubscriptionStatus.PENDING;
            case "incomplete_expired" -> SubscriptionStatus.EXPIRED;
            case "trialing" -> SubscriptionStatus.TRIALING;
            case "active" -> SubscriptionStatus.ACTIVE;
            case "past_due" -> SubscriptionStatus.PAST_DUE;
            case "unpaid" -> SubscriptionStatus.UNPAID;
            case "paused" -> SubscriptionStatus.PAUSED;
            case "canceled" -> SubscriptionStatus.CANCELED;
            default ->
                throw new LineException(
                        "status: unknown (expected: active, trialing, past_due, unpaid, paused, canceled, incomplete or incomplete_expired)");
        };
    }
}
