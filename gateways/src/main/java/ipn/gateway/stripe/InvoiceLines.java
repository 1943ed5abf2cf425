package ipn.gateway.stripe;

import ipn.gateway.content.JsonField;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The lines of an invoice that charge an amount; credits for unused time are excluded. */
record InvoiceLines(StripeEvent event) {
    /** The period that a line pays for. */
    record Period(Instant from, Instant until) {}

    List<JsonField> bought() {
        return event.at("lines").at("data").elements().stream()
                .filter(line -> {
                    var amount = line.at("amount").node();
                    return !amount.isNumber() || amount.decimalValue().signum() >= 0;
                })
                .toList();
    }

    /**
     * The period that the invoice pays for: the latest end of its subscription lines. The invoice's own period is that
     * in which usage was counted, which is the month before.
     */
    Optional<Period> period() {
        return bought().stream()
                .filter(InvoiceLines::isSubscription)
                .flatMap(line -> period(line.at("period")).stream())
                .max(Comparator.comparing(Period::until).thenComparing(Period::from, Comparator.reverseOrder()));
    }

    private static boolean isSubscription(JsonField line) {
        return line.at("parent").at("subscription_item_details").isPresent()
                || line.at("subscription").isPresent()
                || line.at("type").glance().filter("subscription"::equals).isPresent();
    }

    private Optional<Period> period(JsonField period) {
        var times = event.times();
        return times.plannedSeconds(period.at("start"))
                .flatMap(from -> times.plannedSeconds(period.at("end")).map(until -> new Period(from, until)));
    }
}
