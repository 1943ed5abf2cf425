package ipn.projector.allocation;

import ipn.avro.Breakdown;
import ipn.avro.DiscrepancyKind;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.key.ChargeKey;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares the lines of an invoice, which the gateway calculated from the merchant's own prices, with the catalogue:
 *
 * <ol>
 *   <li>The price ids of a line decide its product.
 *   <li>The amount of a line before its discount is compared with the price of its quantity. A line for a part of a period is what
 *       the gateway calculated.
 *   <li>A discount explains a lower amount, as far as the product permits it.
 *   <li>A credit, such as for unused time, and credit of the payer's balance are ways to pay, not a lower price.
 *   <li>The invoice must be paid in full.
 * </ol>
 *
 * @param product the product of a line that names no price id of the catalogue, if only such lines exist
 */
public record InvoiceLines(
        ProductCatalogue catalogue, InvoiceView view, Breakdown breakdown, Optional<Product> product) {
    /** More products than one invoice sells. */
    private static final int PRODUCTS_MAX = 8;
    /** Invoices whose lines have no amount, though they are paid. Only one that should have an amount is a mismatch. */
    private static final Set<InvoiceReason> WITHOUT_AMOUNT =
            EnumSet.of(InvoiceReason.SHARED, InvoiceReason.UNPRICED, InvoiceReason.IMPORTED);

    /** Empty if the gateway reports no line with an amount: then only the amount paid is known. An invoice of credits took no money. */
    public static Optional<InvoiceLines> of(ProductCatalogue catalogue, InvoiceView view, Optional<Product> product) {
        return Optional.ofNullable(view.invoice().getBreakdown())
                .filter(breakdown -> breakdown.getLines().stream()
                        .anyMatch(line -> sells(breakdown, line)
                                || isCreditForTime(line) && view.invoice().getPaid() == 0))
                .map(breakdown -> new InvoiceLines(catalogue, view, breakdown, product));
    }

    /** What the invoice sells, by product, in the order of its lines; empty if it names no product of the catalogue. */
    public List<SoldLines> sold() {
        var byProduct = new LinkedHashMap<Product, List<InvoiceLine>>();
        selling()
                .forEach(line -> named(line)
                        .ifPresent(named -> byProduct
                                .computeIfAbsent(named, any -> new ArrayList<>())
                                .add(line)));
        if (byProduct.isEmpty()) {
            return product.stream()
                    .filter(named -> sellsAny())
                    .map(named -> new SoldLines(named, selling().toList()))
                    .toList();
        }
        return byProduct.entrySet().stream()
                .limit(PRODUCTS_MAX)
                .map(entry -> new SoldLines(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Credits for time of a product that was not used: from their start, the product is no longer paid for. */
    public Map<Product, InvoiceLine> credited() {
        var credited = new LinkedHashMap<Product, InvoiceLine>();
        breakdown.getLines().stream()
                .filter(InvoiceLines::isCreditForTime)
                .limit(PRODUCTS_MAX)
                .forEach(line -> named(line).ifPresent(named -> credited.merge(named, line, InvoiceLines::earlier)));
        return credited;
    }

    /** Whether any line has an amount above zero; else all are credits. */
    boolean sellsAny() {
        return selling().findAny().isPresent();
    }

    /** That lines are not sold: they name no price id of the catalogue, beside lines that do, or there are too many products. */
    public Optional<Mismatch> notSold() {
        return linesNotSold().stream()
                .findFirst()
                .map(line -> Mismatch.ofCharge(
                                DiscrepancyKind.UNKNOWN_PRODUCT,
                                view.key(),
                                "a product of the catalogue",
                                line.getSkus().stream().findFirst().orElse("a line without a price id"))
                        .withCaptured(Amounts.format(
                                view.invoice().getPaid(), view.invoice().getCurrency())));
    }

    /**
     * How the lines of one product differ from the catalogue.
     *
     * @param key names the money of that product
     */
    public List<Mismatch> mismatches(SoldLines sold, ChargeKey key) {
        if (WITHOUT_AMOUNT.contains(breakdown.getReason())) {
            return breakdown.getReason() == InvoiceReason.UNPRICED
                    ? List.of(Mismatch.ofCharge(DiscrepancyKind.UNKNOWN_AMOUNT, key, "an amount", "none"))
                    : List.of();
        }
        return Stream.of(unpaid(), price(sold, key), discount(sold, key))
                .flatMap(Optional::stream)
                .limit(1)
                .toList();
    }

    private Optional<Mismatch> unpaid() {
        var invoice = view.invoice();
        return compared(
                view.key(), Long.compare(invoice.getPaid(), invoice.getDue()), invoice.getDue(), invoice.getPaid());
    }

    private Optional<Mismatch> price(SoldLines sold, ChargeKey key) {
        var currency = view.invoice().getCurrency();
        var prices = catalogue.prices(sold.product(), view.charge().priceTime());
        if (prices.in(currency).isEmpty()) {
            return Optional.of(Mismatch.ofCharge(
                            DiscrepancyKind.CURRENCY_MISMATCH, key, String.join(" or ", prices.currencies()), currency)
                    .ofMoney(view.invoice().getPaid(), currency));
        }
        return named(sold.lines().get(0)).isEmpty()
                ? prices.difference(currency, price -> sum(sold, key, price))
                : sold.lines().stream()
                        .filter(line -> !line.getProration())
                        .flatMap(line ->
                                prices.difference(currency, price -> price(sold.product(), line, key, price)).stream())
                        .findFirst();
    }

    /** A word of the merchant names the product of the whole invoice. */
    private Optional<Mismatch> sum(SoldLines sold, ChargeKey key, long price) {
        if (sold.lines().stream().allMatch(InvoiceLine::getProration)) {
            return Optional.empty();
        }
        var quantity =
                sold.lines().size() == 1 ? Math.max(1, sold.lines().get(0).getQuantity()) : 1;
        var expected = Math.multiplyExact(price, quantity);
        return compared(key, sold.product().tolerance().compare(sold.amount(), expected), expected, sold.amount());
    }

    /** Gateways add tax to the amount of a line, or report it apart. */
    private Optional<Mismatch> price(Product product, InvoiceLine line, ChargeKey key, long price) {
        var expected = Math.multiplyExact(price, Math.max(1, line.getQuantity()));
        var offered = line.getDiscount() == 0 && line.getDiscountName() != null && line.getAmount() <= expected;
        var compared = product.tolerance().compare(line.getAmount(), expected);
        var withTax = product.tolerance().compare(Math.addExact(line.getAmount(), line.getTax()), expected);
        return offered || compared == 0 || withTax == 0
                ? Optional.empty()
                : compared(key, compared, expected, line.getAmount());
    }

    private Optional<Mismatch> discount(SoldLines sold, ChargeKey key) {
        var discount = Math.addExact(sold.discount(), share(discountOnInvoice(), sold.amount()));
        var permitted = sold.product().offers().discounts().permits(discount, sold.amount())
                && (discount > 0
                        || !sold.isDiscounted()
                        || sold.product().offers().discounts().permitsUnknown());
        return permitted ? Optional.empty() : compared(key, -1, sold.amount(), Math.max(0, sold.amount() - discount));
    }

    /** The discount that no line has: one of a line is none of another. */
    private long discountOnInvoice() {
        var onLines = breakdown.getLines().stream()
                .mapToLong(InvoiceLine::getDiscount)
                .reduce(0, Math::addExact);
        return Math.max(0, breakdown.getDiscount() - onLines);
    }

    /** The part of an amount of the whole invoice that falls on lines of this amount. */
    private long share(long whole, long amount) {
        var all = selling().mapToLong(InvoiceLine::getAmount).reduce(0, Math::addExact);
        return Amounts.part(whole, 0, amount, all);
    }

    private Optional<Mismatch> compared(ChargeKey key, int sign, long expected, long actual) {
        var currency = view.invoice().getCurrency();
        return sign == 0
                ? Optional.empty()
                : Optional.of(Mismatch.ofCharge(
                        sign < 0 ? DiscrepancyKind.UNDERPAID : DiscrepancyKind.OVERPAID,
                        key,
                        Amounts.format(expected, currency),
                        Amounts.format(actual, currency)));
    }

    private Optional<Product> named(InvoiceLine line) {
        return line.getSkus().stream()
                .map(sku -> catalogue.byName().get(sku))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Lines with an amount that sell no product of the catalogue. */
    List<InvoiceLine> linesNotSold() {
        var sold = sold().stream().flatMap(each -> each.lines().stream()).toList();
        return selling().filter(line -> !sold.contains(line)).toList();
    }

    private Stream<InvoiceLine> selling() {
        return breakdown.getLines().stream().filter(line -> sells(breakdown, line));
    }

    private static boolean sells(Breakdown breakdown, InvoiceLine line) {
        return line.getAmount() > 0 || WITHOUT_AMOUNT.contains(breakdown.getReason());
    }

    /** Whether the line credits a period that was paid for before. */
    static boolean isCreditForTime(InvoiceLine line) {
        return line.getAmount() < 0 && line.getFrom() != null && line.getUntil() != null;
    }

    private static InvoiceLine earlier(InvoiceLine one, InvoiceLine other) {
        return Objects.requireNonNull(one.getFrom()).isBefore(Objects.requireNonNull(other.getFrom())) ? one : other;
    }
}
