package ipn.projector.allocation;

import ipn.avro.DiscrepancyKind;
import ipn.avro.PayerWord;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.key.ChargeKey;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Money is for what its references name, at the price of the catalogue that was in force at its time. */
public final class CatalogueTerms implements Terms {
    /** Gateways end a trial at the end of a day, or some hours after it began. */
    private static final Period TRIAL_TOLERANCE = Period.ofDays(1);

    private final CatalogueHistory history;
    private final MoneyDecisions decisions;
    private final PaymentState own;
    private final CombinedPayments combined;
    private final References references;

    /** @param decisions of people about the money */
    public CatalogueTerms(
            CatalogueHistory history, MoneyDecisions decisions, PaymentState own, CombinedPayments combined) {
        this.history = history;
        this.decisions = decisions;
        this.own = own;
        this.combined = combined;
        this.references = decisions.assigned(combined.references());
    }

    @Override
    public References references() {
        return references;
    }

    @Override
    public JudgedProduct product() {
        return product(history.at(JudgedAt.whole(own, combined)));
    }

    private JudgedProduct product(ProductCatalogue catalogue) {
        return new JudgedProduct(
                catalogue, catalogue.find(productWord(), combined.skus()).or(() -> assigned(catalogue)));
    }

    /** The product that a person assigned, where no word and no name of the gateway is known. */
    private Optional<Product> assigned(ProductCatalogue catalogue) {
        return decisions.product().flatMap(catalogue::get);
    }

    @Override
    public ProductCatalogue catalogue(InvoiceView view) {
        return catalogue(view.charge());
    }

    private ProductCatalogue catalogue(Charge charge) {
        return history.at(charge.priceTime().at());
    }

    /** The product that the merchant's own words name. A word that a payer can write does not count beside a name of the gateway. */
    private Optional<String> productWord() {
        return productWord(combined.skus().stream());
    }

    /** As {@link #productWord()}; the lines of the invoice also have names of the gateway. */
    private Optional<String> productWord(InvoiceView view) {
        var named = Stream.ofNullable(view.invoice().getBreakdown())
                .flatMap(breakdown -> breakdown.getLines().stream())
                .flatMap(line -> line.getSkus().stream());
        return productWord(Stream.concat(combined.skus().stream(), named));
    }

    private Optional<String> productWord(Stream<String> skus) {
        var outranked = payerWrites(PayerWord.PRODUCT)
                && !payerWrites(PayerWord.SKU)
                && skus.findAny().isPresent();
        return outranked ? Optional.empty() : references.product();
    }

    private boolean payerWrites(PayerWord word) {
        return own.getPayerWords().contains(word);
    }

    @Override
    public Optional<InvoiceLines> lines(InvoiceView view) {
        var catalogue = catalogue(view);
        return lacksOrder(view.charge())
                ? Optional.empty()
                : InvoiceLines.of(
                        catalogue,
                        view,
                        catalogue.find(productWord(view), List.of()).or(() -> assigned(catalogue)));
    }

    /** Only the merchant can set a trial at most gateways; where a payer can, or the product limits it, it must be one that is sold. */
    @Override
    public Optional<Mismatch> trial(Subscription subscription, Product product, ChargeKey key) {
        var end = subscription.getTrialEnd();
        var sold = product.offers().trial();
        if (end == null || sold.isEmpty() && !payerWrites(PayerWord.TRIAL)) {
            return Optional.empty();
        }
        var start = subscription.getFirstAt() == null ? subscription.getAt() : subscription.getFirstAt();
        var last = sold.map(length ->
                start.atZone(ZoneOffset.UTC).plus(length).plus(TRIAL_TOLERANCE).toInstant());
        return last.filter(latest -> !end.isAfter(latest)).isPresent()
                ? Optional.empty()
                : Optional.of(Mismatch.ofCharge(
                        DiscrepancyKind.UNSOLD_TRIAL,
                        key,
                        sold.map(length -> "a trial of at most " + length).orElse("no trial"),
                        "a trial until " + end));
    }

    /** One key may have invoices for several products, as when a subscriber moves to a dearer one. */
    @Override
    public JudgedProduct product(InvoiceView view) {
        var catalogue = catalogue(view);
        var sold = lines(view).stream()
                .flatMap(lines -> lines.sold().stream())
                .map(SoldLines::product)
                .findFirst();
        if (sold.isPresent()) {
            return new JudgedProduct(catalogue, sold);
        }
        return view.alone()
                ? product(catalogue)
                : new JudgedProduct(
                        catalogue,
                        catalogue
                                .find(
                                        productWord(),
                                        combined.skus(),
                                        view.invoice().getPaid(),
                                        view.invoice().getCurrency(),
                                        view.charge().priceTime())
                                .or(() -> assigned(catalogue)));
    }

    @Override
    public Optional<Mismatch> disqualification() {
        return Optional.empty();
    }

    @Override
    public boolean accepts(Mismatch mismatch) {
        return decisions.accepts(mismatch, references);
    }

    @Override
    public boolean expectsTrial() {
        return true;
    }

    @Override
    public List<Mismatch> mismatches(Charge charge, Product product) {
        if (lacksOrder(charge)) {
            return List.of(Mismatch.ofCharge(
                            DiscrepancyKind.NO_ORDER, charge.key(), "an order id among the references", "none")
                    .ofMoney(charge.paid(), charge.currency()));
        }
        return price(charge, product).stream().toList();
    }

    /** At many gateways renewals of a subscription name no order; they are compared with the catalogue's price. */
    private boolean lacksOrder(Charge charge) {
        return charge.subscription().isEmpty()
                && references.order().isEmpty()
                && catalogue(charge).policy().requiresOrder(own.getGateway(), own.getAccount());
    }

    private Optional<Mismatch> price(Charge charge, Product product) {
        var prices = catalogue(charge).prices(product, charge.priceTime());
        if (prices.in(charge.currency()).isEmpty()) {
            return Optional.of(Mismatch.ofCharge(
                            DiscrepancyKind.CURRENCY_MISMATCH,
                            charge.key(),
                            String.join(" or ", prices.currencies()),
                            charge.currency())
                    .ofMoney(charge.paid(), charge.currency()));
        }
        return prices.difference(charge.currency(), price -> price(charge, product, price));
    }

    private static Optional<Mismatch> price(Charge charge, Product product, long price) {
        var compared = product.tolerance().compare(charge.paid(), price);
        return compared == 0
                ? Optional.empty()
                : Optional.of(Mismatch.ofCharge(
                        compared < 0 ? DiscrepancyKind.UNDERPAID : DiscrepancyKind.OVERPAID,
                        charge.key(),
                        Amounts.format(price, charge.currency()),
                        Amounts.format(charge.paid(), charge.currency())));
    }
}
