package ipn.projector.order;

import ipn.projector.allocation.Charge;
import ipn.projector.allocation.InvoiceView;
import ipn.projector.allocation.References;
import ipn.projector.allocation.Terms;
import ipn.projector.catalogue.Mismatch;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.Product;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Money that names an order nobody told of: it waits for it, unless the policy lets the catalogue decide meanwhile.
 *
 * @param paymentKey whose money it is
 * @param otherwise the catalogue's terms
 */
record UnknownOrderTerms(String orderId, String paymentKey, Terms otherwise, Policy policy) implements Terms {
    @Override
    public References named() {
        return otherwise.named();
    }

    @Override
    public Optional<Product> product() {
        return otherwise.product();
    }

    @Override
    public Optional<Product> product(InvoiceView bill) {
        return otherwise.product(bill);
    }

    @Override
    public Optional<Mismatch> misfit() {
        return Optional.of(unknown()).filter(problem -> !policy.grants(problem));
    }

    @Override
    public boolean expectsTrial() {
        return otherwise.expectsTrial();
    }

    @Override
    public List<Mismatch> judge(Charge taken, Product sold) {
        return Stream.concat(Stream.of(unknown()), otherwise.judge(taken, sold).stream())
                .toList();
    }

    private Mismatch unknown() {
        return new Mismatch(Mismatch.UNKNOWN_ORDER, paymentKey, "an order of a checkout", "unknown order " + orderId);
    }
}
