package ipn.projector.order;

import ipn.projector.settlement.Billed;
import ipn.projector.settlement.Named;
import ipn.projector.settlement.Policy;
import ipn.projector.settlement.Problem;
import ipn.projector.settlement.Product;
import ipn.projector.settlement.Taken;
import ipn.projector.settlement.Terms;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Money that names an order nobody told of: it waits for it, unless the policy lets the catalogue decide meanwhile.
 *
 * @param paymentKey whose money it is
 * @param otherwise the catalogue's terms
 */
record UnknownOrder(String orderId, String paymentKey, Terms otherwise, Policy policy) implements Terms {
    @Override
    public Named named() {
        return otherwise.named();
    }

    @Override
    public Optional<Product> product() {
        return otherwise.product();
    }

    @Override
    public Optional<Product> product(Billed bill) {
        return otherwise.product(bill);
    }

    @Override
    public Optional<Problem> misfit() {
        return Optional.of(unknown()).filter(problem -> !policy.grants(problem));
    }

    @Override
    public boolean expectsTrial() {
        return otherwise.expectsTrial();
    }

    @Override
    public List<Problem> judge(Taken taken, Product sold) {
        return Stream.concat(Stream.of(unknown()), otherwise.judge(taken, sold).stream())
                .toList();
    }

    private Problem unknown() {
        return new Problem(Problem.UNKNOWN_ORDER, paymentKey, "an order of a checkout", "unknown order " + orderId);
    }
}
