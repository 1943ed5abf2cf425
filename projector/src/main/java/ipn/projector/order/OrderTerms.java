package ipn.projector.order;

import ipn.avro.Order;
import ipn.avro.PaymentState;
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
 * Money of one payment key that is for what an order says, and nothing else; what renews a subscription, at the catalogue's
 * price.
 *
 * @param sold the order's product; empty where the catalogue has none of that name
 * @param own the payment key
 * @param otherwise the terms of what renews
 */
record OrderTerms(Order order, Optional<Product> sold, OrderMatch match, PaymentState own, Terms otherwise, Policy policy)
        implements Terms {
    @Override
    public References named() {
        return named(order);
    }

    static References named(Order order) {
        return new References(
                Optional.of(order.getOrderId()),
                Optional.of(order.getSubject()),
                Optional.of(order.getProduct()),
                Optional.ofNullable(order.getReference()));
    }

    @Override
    public Optional<Product> product() {
        return sold;
    }

    @Override
    public Optional<Product> product(InvoiceView bill) {
        return match.renewals().contains(bill.name()) ? otherwise.product(bill).or(this::product) : sold;
    }

    @Override
    public Optional<Mismatch> misfit() {
        return misfit(order, own, policy);
    }

    /** Why money of this payment key cannot be the order's, if so. */
    static Optional<Mismatch> misfit(Order order, PaymentState own, Policy policy) {
        return own.getLive() == order.getLive()
                ? elsewhere(order, own).filter(problem -> !policy.grants(problem))
                : Optional.of(new Mismatch(
                        Mismatch.WRONG_MODE, own.getPaymentKey(), mode(order.getLive()), mode(own.getLive())));
    }

    /** An order that expects money grants nothing before it came. */
    @Override
    public boolean expectsTrial() {
        return order.getAmount() == 0 || match.pays();
    }

    @Override
    public List<Mismatch> judge(Charge taken, Product product) {
        var problem = match.problem(taken);
        var price = problem.isEmpty() && match.renews(taken)
                ? otherwise.judge(taken, product)
                : problem.stream().toList();
        return Stream.concat(elsewhere(order, own).stream(), price.stream()).toList();
    }

    private static Optional<Mismatch> elsewhere(Order order, PaymentState own) {
        var expected = order.getGatewayAccount();
        var actual = own.getGateway() + "/" + own.getAccount();
        return expected == null || expected.equals(actual)
                ? Optional.empty()
                : Optional.of(new Mismatch(Mismatch.WRONG_ACCOUNT, own.getPaymentKey(), expected, actual));
    }

    private static String mode(boolean live) {
        return live ? "live money" : "test money";
    }
}
