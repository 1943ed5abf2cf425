package ipn.projector.allocation;

import ipn.avro.DiscrepancyKind;
import ipn.avro.PaymentState;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.List;
import java.util.Optional;

/** Money is for what its references name, at the catalogue's price. */
public final class CatalogueTerms implements Terms {
    private final ProductCatalogue catalogue;
    private final PaymentState own;
    private final CombinedPayments combined;
    private final References references;

    public CatalogueTerms(ProductCatalogue catalogue, PaymentState own, CombinedPayments combined) {
        this.catalogue = catalogue;
        this.own = own;
        this.combined = combined;
        this.references = combined.references();
    }

    @Override
    public References references() {
        return references;
    }

    @Override
    public Optional<Product> product() {
        return catalogue.find(references.product(), combined.skus());
    }

    /** One key may have invoices for several products, as when a subscriber moves to a dearer one. */
    @Override
    public Optional<Product> product(InvoiceView view) {
        return view.alone()
                ? product()
                : catalogue.find(
                        references.product(),
                        combined.skus(),
                        view.invoice().getPaid(),
                        view.invoice().getCurrency());
    }

    @Override
    public Optional<Mismatch> disqualification() {
        return Optional.empty();
    }

    @Override
    public boolean expectsTrial() {
        return true;
    }

    @Override
    public List<Mismatch> mismatches(Charge charge, Product product) {
        if (lacksOrder(charge)) {
            return List.of(Mismatch.ofCharge(
                    DiscrepancyKind.NO_ORDER, charge.key(), "an order id among the references", "none"));
        }
        return price(charge, product).stream().toList();
    }

    /** At many gateways renewals of a subscription name no order; they are compared with the catalogue's price. */
    private boolean lacksOrder(Charge charge) {
        return charge.subscription().isEmpty()
                && references.order().isEmpty()
                && catalogue.policy().requiresOrder(own.getGateway(), own.getAccount());
    }

    private static Optional<Mismatch> price(Charge charge, Product product) {
        var price = product.prices().get(charge.currency());
        if (price == null) {
            return Optional.of(Mismatch.ofCharge(
                    DiscrepancyKind.CURRENCY_MISMATCH,
                    charge.key(),
                    String.join(
                            " or ", product.prices().keySet().stream().sorted().toList()),
                    charge.currency()));
        }
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
