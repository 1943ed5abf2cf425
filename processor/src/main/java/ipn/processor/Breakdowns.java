package ipn.processor;

import ipn.avro.Breakdown;
import ipn.avro.InvoiceLine;
import ipn.fact.Fact;
import java.util.Optional;

/** The breakdown of an invoice as Avro, and back. */
final class Breakdowns {
    private Breakdowns() {}

    static Breakdown avro(Fact.Breakdown breakdown) {
        return new Breakdown(
                AvroStatuses.reason(breakdown.reason()),
                breakdown.discount(),
                breakdown.tax(),
                breakdown.credit(),
                breakdown.lines().stream().map(Breakdowns::line).toList());
    }

    static Fact.Breakdown fact(Breakdown breakdown) {
        return new Fact.Breakdown(
                Fact.InvoiceReason.valueOf(breakdown.getReason().name()),
                breakdown.getDiscount(),
                breakdown.getTax(),
                breakdown.getCredit(),
                breakdown.getLines().stream().map(Breakdowns::line).toList());
    }

    private static InvoiceLine line(Fact.Line line) {
        return InvoiceLine.newBuilder()
                .setSkus(line.skus())
                .setQuantity(line.quantity())
                .setAmount(line.amount())
                .setDiscount(line.discount())
                .setDiscountName(line.discountName().orElse(null))
                .setTax(line.tax())
                .setProration(line.proration())
                .setFrom(line.from().orElse(null))
                .setUntil(line.until().orElse(null))
                .build();
    }

    private static Fact.Line line(InvoiceLine line) {
        return new Fact.Line(
                line.getSkus(),
                line.getQuantity(),
                line.getAmount(),
                line.getDiscount(),
                Optional.ofNullable(line.getDiscountName()),
                line.getTax(),
                line.getProration(),
                Optional.ofNullable(line.getFrom()),
                Optional.ofNullable(line.getUntil()));
    }
}
