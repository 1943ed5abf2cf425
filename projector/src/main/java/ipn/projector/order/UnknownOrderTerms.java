package ipn.projector.order;

import ipn.avro.DiscrepancyKind;
import ipn.avro.Subscription;
import ipn.key.ChargeKey;
import ipn.key.OrderId;
import ipn.projector.allocation.Charge;
import ipn.projector.allocation.InvoiceLines;
import ipn.projector.allocation.InvoiceView;
import ipn.projector.allocation.Mismatch;
import ipn.projector.allocation.References;
import ipn.projector.allocation.Terms;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Money names an order that no checkout has written: it waits for the order, unless the policy or a person lets the catalogue decide meanwhile.
 *
 * @param payment whose money it is
 * @param catalogue the catalogue's terms
 */
record UnknownOrderTerms(OrderId order, ChargeKey payment, Terms catalogue, Policy policy) implements Terms {
    @Override
    public References references() {
        return catalogue.references();
    }

    @Override
    public JudgedProduct product() {
        return catalogue.product();
    }

    @Override
    public JudgedProduct product(InvoiceView invoice) {
        return catalogue.product(invoice);
    }

    @Override
    public ProductCatalogue catalogue(InvoiceView invoice) {
        return catalogue.catalogue(invoice);
    }

    @Override
    public Optional<Mismatch> disqualification() {
        return Optional.of(unknown()).filter(mismatch -> !policy.grants(mismatch.kind()) && !accepts(mismatch));
    }

    @Override
    public Optional<InvoiceLines> lines(InvoiceView invoice) {
        return Optional.empty();
    }

    @Override
    public Optional<Mismatch> trial(Subscription subscription, Product product, ChargeKey key) {
        return catalogue.trial(subscription, product, key);
    }

    @Override
    public boolean accepts(Mismatch mismatch) {
        return catalogue.accepts(mismatch);
    }

    @Override
    public boolean expectsTrial() {
        return catalogue.expectsTrial();
    }

    @Override
    public List<Mismatch> mismatches(Charge charge, Product product) {
        return Stream.concat(Stream.of(unknown()), catalogue.mismatches(charge, product).stream())
                .toList();
    }

    private Mismatch unknown() {
        return Mismatch.ofCharge(
                DiscrepancyKind.UNKNOWN_ORDER, payment, "an order of a checkout", "unknown order " + order);
    }
}
