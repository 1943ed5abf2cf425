package ipn.gateway.stripe;

import ipn.gateway.content.JsonField;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The lines of an invoice. */
record InvoiceLines(StripeEvent event) {
    /** The period that a line pays for. */
    record Period(Instant from, Instant until) {}

    List<JsonField> all() {
        return event.at("lines").at("data").elements();
    }

    /** The lines that charge an amount; credits for unused time are excluded. */
    List<JsonField> bought() {
        return all().stream()
                .filter(line -> {
                    var amount = line.at("amount").node();
                    return !amount.isNumber() || amount.decimalValue().signum() >= 0;
                })
                .toList();
    }

    /**
     * The period that the invoice pays for: the latest end of its lines for subscriptions and prorations. The invoice's own
     * period is that in which usage was counted, which is the month before.
     */
    Optional<Period> period() {
        return bought().stream()
                .flatMap(line -> periodOf(line).stream())
                .max(Comparator.comparing(Period::until).thenComparing(Period::from, Comparator.reverseOrder()));
    }

    /** The period that a line pays for; empty for a one-off item, whose period is the moment of its creation. */
    Optional<Period> periodOf(JsonField line) {
        return isSubscription(line) ? period(line.at("period")) : Optional.empty();
    }

    /** True if a line charges or credits a part of a period, after a change within it. */
    static boolean isProration(JsonField line) {
        var parent = line.at("parent");
        return Stream.of(line, parent.at("subscription_item_details"), parent.at("invoice_item_details"))
                .anyMatch(details -> details.at("proration").node().booleanValue());
    }

    private static boolean isSubscription(JsonField line) {
        return isProration(line)
                || line.at("parent").at("subscription_item_details").isPresent()
                || line.at("subscription").isPresent()
                || line.at("type").glance().filter("subscription"::equals).isPresent();
    }

    private Optional<Period> period(JsonField period) {
        var times = event.times();
        return times.plannedSeconds(period.at("start"))
                .flatMap(from -> times.plannedSeconds(period.at("end")).map(until -> new Period(from, until)));
    }
}
