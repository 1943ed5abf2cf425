package ipn.gateway.standardwebhooks;

import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.fact.Fact.RefundLine;
import ipn.fact.Fact.RefundLines;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.gateway.standardwebhooks.Mapping.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The lines of a sender's invoice, where its mapping names them. */
record SentLines(Mapping mapping, JsonField body, Times times, String currency) {
    private static final int NAME_LENGTH_MAX = 200;

    /** Empty if the mapping has no {@code lines}, or the event contains none. */
    Optional<Breakdown> breakdown() {
        var lines = mapping.at(Place.LINES, body).elements().stream()
                .limit(Breakdown.LINES_MAX)
                .map(this::line)
                .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Breakdown(
                        reason(),
                        amount(Place.INVOICE_DISCOUNT, lines.stream().mapToLong(Line::discount)),
                        amount(Place.INVOICE_TAX, lines.stream().mapToLong(Line::tax)),
                        Math.abs(units(mapping.at(Place.INVOICE_CREDIT, body))),
                        lines));
    }

    /** The lines that a refund was for; empty if the mapping has no {@code refund-lines}, or the event contains none. */
    List<RefundLine> refunded() {
        try {
            return mapping.at(Place.REFUND_LINES, body).elements().stream()
                    .limit(RefundLines.LINES_MAX)
                    .flatMap(line -> skus(line).stream().limit(1).map(sku -> new RefundLine(sku, refunded(line))))
                    .filter(line -> line.amount() > 0)
                    .toList();
        } catch (RefusedException e) {
            // a line that makes no sense never keeps the refund itself out
            return List.of();
        }
    }

    private long refunded(JsonField line) {
        return Math.abs(units(mapping.at(Place.LINE_AMOUNT, line).required()));
    }

    /** The names of what each line sells. */
    List<List<String>> names() {
        return mapping.at(Place.LINES, body).elements().stream().map(this::skus).toList();
    }

    private Line line(JsonField line) {
        return Line.of(
                        skus(line),
                        quantity(line),
                        units(mapping.at(Place.LINE_AMOUNT, line).required()))
                .withDiscount(
                        Math.abs(units(mapping.at(Place.LINE_DISCOUNT, line))),
                        mapping.at(Place.LINE_DISCOUNT_NAME, line).glanceWord(NAME_LENGTH_MAX))
                .withTax(Math.abs(units(mapping.at(Place.LINE_TAX, line))))
                .prorated(isPart(mapping.at(Place.LINE_PRORATION, line)))
                .withPeriod(time(Place.LINE_PERIOD_START, line), time(Place.LINE_PERIOD_END, line));
    }

    /** One name, or a list of names. */
    private List<String> skus(JsonField line) {
        var sku = mapping.at(Place.LINE_SKU, line);
        return Stream.concat(Stream.of(sku), sku.elements().stream())
                .limit(Line.SKUS_MAX + 1L)
                .flatMap(name -> name.glanceWord(NAME_LENGTH_MAX).stream())
                .toList();
    }

    private long quantity(JsonField line) {
        return mapping.at(Place.LINE_QUANTITY, line).glanceCount().orElse(1L);
    }

    /** A flag, or the part of the period as a number: 1 is the whole. */
    private static boolean isPart(JsonField proration) {
        return proration.node().isNumber()
                ? proration.node().decimalValue().compareTo(BigDecimal.ONE) != 0
                : proration.node().isTextual()
                        ? proration.glance().filter("true"::equals).isPresent()
                        : proration.flag();
    }

    /** The amount of the whole invoice; without it, the sum of the lines. */
    private long amount(Place place, LongStream ofLines) {
        var whole = mapping.at(place, body);
        return whole.isPresent() ? Math.abs(units(whole)) : ofLines.reduce(0, Math::addExact);
    }

    private long units(JsonField field) {
        return SentAmounts.signedUnits(field, currency, mapping.unit());
    }

    private Optional<Instant> time(Place place, JsonField line) {
        var field = mapping.at(place, line);
        return field.isPresent()
                ? Optional.of(times.planned(Times.isoOrSeconds(field), field.pointer()))
                : Optional.empty();
    }

    private InvoiceReason reason() {
        return switch (mapping.at(Place.INVOICE_REASON, body).code().toLowerCase(Locale.ROOT)) {
            case "first", "create", "subscription_create", "purchase" -> InvoiceReason.FIRST;
            case "renewal", "cycle", "subscription_cycle" -> InvoiceReason.RENEWAL;
            case "switch", "update", "subscription_update", "immediate_change" -> InvoiceReason.SWITCH;
            case "manual", "one_time" -> InvoiceReason.MANUAL;
            default -> InvoiceReason.OTHER;
        };
    }
}
