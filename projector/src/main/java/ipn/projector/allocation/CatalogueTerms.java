package ipn.projector.allocation;

import ipn.avro.PaymentState;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.Mismatch;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.List;
import java.util.Optional;

/** Money that is for what its references say, at the catalogue's price. */
public final class CatalogueTerms implements Terms {
    private final ProductCatalogue catalogue;
    private final PaymentState own;
    private final CombinedPayments worth;

    public CatalogueTerms(ProductCatalogue catalogue, PaymentState own, CombinedPayments worth) {
        this.catalogue = catalogue;
        this.own = own;
        this.worth = worth;
    }

    @Override
    public References named() {
        return worth.named();
    }

    @Override
    public Optional<Product> product() {
        return catalogue.find(worth.reference("product"), worth.skus());
    }

    /** One key may have been billed for several products, as when a subscriber moves to a dearer one. */
    @Override
    public Optional<Product> product(InvoiceView bill) {
        return bill.alone()
                ? product()
                : catalogue.find(
                        worth.reference("product"),
                        worth.skus(),
                        bill.bill().getPaid(),
                        bill.bill().getCurrency());
    }

    @Override
    public Optional<Mismatch> misfit() {
        return Optional.empty();
    }

    @Override
    public boolean expectsTrial() {
        return true;
    }

    @Override
    public List<Mismatch> judge(Charge taken, Product sold) {
        if (lacksOrder(taken)) {
            return List.of(new Mismatch(Mismatch.NO_ORDER, taken.name(), "an order id among the references", "none"));
        }
        return price(taken, sold).stream().toList();
    }

    /** What a subscription is paid with later names no order at many gateways; the catalogue's price is its measure. */
    private boolean lacksOrder(Charge taken) {
        return taken.subscription().isEmpty()
                && worth.reference("order").isEmpty()
                && catalogue.policy().requiresOrder(own.getGateway(), own.getAccount());
    }

    private static Optional<Mismatch> price(Charge taken, Product sold) {
        var price = sold.prices().get(taken.currency());
        if (price == null) {
            return Optional.of(new Mismatch(
                    Mismatch.CURRENCY_MISMATCH,
                    taken.name(),
                    String.join(" or ", sold.prices().keySet().stream().sorted().toList()),
                    taken.currency()));
        }
        var compared = sold.tolerance().compare(taken.paid(), price);
        return compared == 0
                ? Optional.empty()
                : Optional.of(new Mismatch(
                        compared < 0 ? Mismatch.UNDERPAID : Mismatch.OVERPAID,
                        taken.name(),
                        Amounts.shown(price, taken.currency()),
                        Amounts.shown(taken.paid(), taken.currency())));
    }
}
