package ipn.projector.allocation;

import ipn.avro.ClaimStatus;
import ipn.avro.InvoiceLine;
import ipn.avro.RefundedLine;
import ipn.key.ChargeKey;
import ipn.projector.catalogue.KeepsAbove;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The money of one invoice by the products that its lines sell.
 *
 * @param sold at least one
 * @param split over these products, in their order, and then what lines cost that sell no product of the catalogue
 * @param refundedAt when lines of each were last refunded, in the same order, by the gateway's clock
 */
record SoldShares(InvoiceView view, List<SoldLines> sold, InvoiceSplit split, List<Optional<Instant>> refundedAt) {

    /** @param notSold the lines that sell no product of the catalogue */
    static SoldShares of(InvoiceView view, List<SoldLines> sold, List<InvoiceLine> notSold) {
        var costs = Stream.concat(
                        sold.stream().map(SoldLines::net),
                        Stream.of(notSold.stream()
                                .mapToLong(line -> Math.max(0, line.getAmount() - line.getDiscount()))
                                .reduce(0, Math::addExact)))
                .toList();
        var lines = Stream.concat(sold.stream().map(SoldLines::lines), Stream.of(notSold))
                .toList();
        var refunded = byLine(view.invoice().getRefundedLines(), lines);
        return new SoldShares(
                view,
                sold,
                new InvoiceSplit(
                        costs, refunded.stream().map(SoldShares::amount).toList()),
                refunded.stream().map(SoldShares::newest).toList());
    }

    /** A name that no line has, or lines of several products, does not tell what was refunded. */
    private static List<List<RefundedLine>> byLine(List<RefundedLine> refunded, List<List<InvoiceLine>> lines) {
        var byLine = lines.stream().map(each -> new ArrayList<RefundedLine>()).toList();
        for (var line : refunded) {
            var named = IntStream.range(0, lines.size())
                    .filter(index -> lines.get(index).stream()
                            .anyMatch(each -> each.getSkus().contains(line.getSku())))
                    .boxed()
                    .toList();
            if (named.size() == 1) {
                byLine.get(named.get(0)).add(line);
            }
        }
        return List.copyOf(byLine);
    }

    private static long amount(List<RefundedLine> refunded) {
        return refunded.stream().mapToLong(RefundedLine::getAmount).reduce(0, Math::addExact);
    }

    private static Optional<Instant> newest(List<RefundedLine> refunded) {
        return refunded.stream()
                .map(RefundedLine::getAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** Names the money of one product; only where there are several does the key contain the product. */
    ChargeKey key(SoldLines one) {
        return sold.size() == 1
                ? view.key()
                : view.key().ofProduct(one.product().name());
    }

    /** The money of one product; 0 if a discount or credit paid the invoice. */
    Charge charge(SoldLines one) {
        return charge(key(one), one.from(), portion(one));
    }

    /** The money of the lines that sell no product of the catalogue. */
    Charge chargeNotSold() {
        return charge(view.key(), Optional.empty(), new Portion(split, sold.size()));
    }

    private Charge charge(ChargeKey key, Optional<Instant> from, Portion portion) {
        var whole = view.charge();
        return new Charge(
                key,
                whole.subscription(),
                from.orElse(whole.at()),
                whole.takenAt(),
                whole.mayKeepPrice(),
                portion.paid(whole.paid()),
                whole.currency(),
                status(portion, KeepsAbove.ANY));
    }

    /** The part of the invoice's refunds that falls on one product. */
    long refunded(SoldLines one) {
        var invoice = view.invoice();
        return portion(one)
                .refunded(invoice.getPaid(), view.reversals().refunded().getOrDefault(invoice.getCurrency(), 0L));
    }

    /** The status of one product's money. */
    ClaimStatus status(SoldLines one, KeepsAbove keeps) {
        return status(portion(one), keeps);
    }

    /** Where the gateway names no line that it refunded, of each product remains what remains of the invoice. */
    private ClaimStatus status(Portion portion, KeepsAbove keeps) {
        var invoice = view.invoice();
        if (view.isImported()) {
            return view.importedStatus(keeps);
        }
        if (!view.tookMoney()) {
            return view.charge().status();
        }
        var paid = isSplit(portion) ? portion.paid(invoice.getPaid()) : invoice.getPaid();
        return reversals(portion).status(paid, invoice.getCurrency(), keeps);
    }

    /** What went back of one product's money; of the whole invoice where the gateway names no line that it refunded. */
    Reversals reversals(SoldLines one) {
        return reversals(portion(one));
    }

    private Reversals reversals(Portion portion) {
        var invoice = view.invoice();
        var whole = view.reversals();
        return isSplit(portion)
                ? whole.of(portion, invoice.getPaid(), invoice.getCurrency(), refundedAt.get(portion.index()))
                : whole;
    }

    private boolean isSplit(Portion portion) {
        return portion.isByLine() && portion.paid(view.invoice().getPaid()) > 0;
    }

    Portion portion(SoldLines one) {
        return new Portion(split, sold.indexOf(one));
    }
}
