package ipn.gateway.braintree;

import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Calculates the amount of a period as Braintree does: the price of the plan, plus add-ons, minus discounts, minus what the
 * balance pays. Braintree itself reports only the amount, so there is a breakdown only where the calculation arrives at it.
 *
 * @param modified contains the add-ons and discounts of the period
 * @param currency code of the amounts
 */
record SubscriptionBreakdown(BraintreeEvent event, JsonField modified, JsonField currency) {
    /** Of a period that a transaction pays. The transaction may contain the add-ons and discounts that applied to it. */
    static Optional<Breakdown> ofCharge(
            BraintreeEvent event,
            JsonField charge,
            InvoiceReason reason,
            Optional<Instant> from,
            Optional<Instant> until) {
        var own = charge.at("add-ons").isPresent() || charge.at("discounts").isPresent();
        var calculation =
                new SubscriptionBreakdown(event, own ? charge : event.entity(), charge.at("currency-iso-code"));
        var amount = BraintreeEvent.money(charge).minorUnits();
        return calculation.read(reason, from, until).flatMap(gross -> {
            var credit = due(gross) - amount;
            return credit == 0 || credit > 0 && calculation.wasCredit(credit, charge)
                    ? Optional.of(withCredit(gross, credit))
                    : Optional.empty();
        });
    }

    /** Of a period that the balance pays. */
    static Optional<Breakdown> ofSkipped(
            BraintreeEvent event,
            JsonField currency,
            InvoiceReason reason,
            Optional<Instant> from,
            Optional<Instant> until) {
        return new SubscriptionBreakdown(event, event.entity(), currency)
                .read(reason, from, until)
                .map(gross -> withCredit(gross, due(gross)));
    }

    /** The first period has the billing cycle 1. */
    static InvoiceReason reason(BraintreeEvent event) {
        var cycle = event.entity().at("current-billing-cycle").glance().orElse("");
        return cycle.equals("1")
                ? InvoiceReason.FIRST
                : cycle.matches("[1-9][0-9]*") ? InvoiceReason.RENEWAL : InvoiceReason.OTHER;
    }

    private Optional<Breakdown> read(InvoiceReason reason, Optional<Instant> from, Optional<Instant> until) {
        var price = event.entity().at("price");
        var discounts = modifications("discounts", "discount");
        var addOns = modifications("add-ons", "add-on");
        if (BraintreePayload.glance(price).isEmpty() || addOns.size() >= Breakdown.LINES_MAX) {
            return Optional.empty();
        }
        var plan = Line.of(names(event.entity().at("plan-id")), 1, amount(price));
        var lines = Stream.concat(Stream.of(plan), addOns.stream().map(this::addOn))
                .map(line -> line.withPeriod(from, until))
                .toList();
        var discounted = discounted(lines, discounts);
        var discount = discounted.stream().mapToLong(Line::discount).sum();
        return Optional.of(new Breakdown(reason, discount, 0, 0, discounted));
    }

    private Line addOn(JsonField addOn) {
        return Line.of(names(addOn.at("id")), quantity(addOn), total(addOn));
    }

    /** Discounts apply to the whole subscription: they reduce the plan first, then the add-ons in their order. */
    private List<Line> discounted(List<Line> lines, List<JsonField> discounts) {
        var left = discounts.stream().mapToLong(this::total).sum();
        var name = discounts.stream()
                .flatMap(discount -> names(discount.at("id")).stream())
                .findFirst();
        var reduced = new ArrayList<Line>();
        for (var line : lines) {
            var share = Math.min(left, line.amount());
            left -= share;
            reduced.add(share > 0 ? line.withDiscount(share, name) : line);
        }
        return reduced;
    }

    /** True if the subscription had this credit when it was charged. */
    private boolean wasCredit(long credit, JsonField charge) {
        var chargedAt = charge.at("created-at").glance().orElse("");
        return BraintreePayload.all(event.entity().at("status-history").at("status-event")).stream()
                .filter(status -> timestamp(status).compareTo(chargedAt) < 0)
                .max(Comparator.comparing(SubscriptionBreakdown::timestamp))
                .flatMap(status -> BraintreePayload.glance(status.at("balance"))
                        .filter(balance -> balance.startsWith("-"))
                        .map(balance -> BraintreeEvent.minorUnits(
                                balance.substring(1),
                                currency,
                                status.at("balance").pointer())))
                .filter(balance -> balance == credit)
                .isPresent();
    }

    private static String timestamp(JsonField status) {
        return status.at("timestamp").glance().orElse("");
    }

    private List<JsonField> modifications(String list, String element) {
        return BraintreePayload.all(modified.at(list).at(element));
    }

    private static List<String> names(JsonField id) {
        return BraintreeEvent.optionalId(id).stream().toList();
    }

    private long total(JsonField modification) {
        try {
            return Math.multiplyExact(amount(modification.at("amount")), quantity(modification));
        } catch (ArithmeticException e) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, modification.pointer() + ": out of range (expected: a real amount)");
        }
    }

    private long amount(JsonField amount) {
        return BraintreeEvent.money(amount, currency).minorUnits();
    }

    private static long quantity(JsonField modification) {
        return modification.at("quantity").glanceCount().orElse(1L);
    }

    private static long due(Breakdown gross) {
        return gross.lines().stream().mapToLong(Line::amount).sum() - gross.discount();
    }

    private static Breakdown withCredit(Breakdown gross, long credit) {
        return new Breakdown(gross.reason(), gross.discount(), gross.tax(), credit, gross.lines());
    }
}
