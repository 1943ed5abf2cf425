package ipn.projector.order;

import ipn.avro.DiscrepancyKind;
import ipn.avro.InvoiceStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.key.ChargeKey;
import ipn.key.OrderId;
import ipn.key.PaymentKey;
import ipn.key.SubjectId;
import ipn.projector.allocation.Charge;
import ipn.projector.allocation.InvoiceLines;
import ipn.projector.allocation.InvoiceView;
import ipn.projector.allocation.Mismatch;
import ipn.projector.allocation.MoneyDecisions;
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
 * The money of one payment key is for what an order expects, and nothing else; renewals of a subscription are compared with the
 * catalogue's price.
 *
 * @param ordered the product of the order, as the catalogue had it when the checkout made the order
 * @param own the payment key
 * @param catalogue the terms of renewals
 * @param decisions of people about the order
 */
record OrderTerms(
        Order order,
        JudgedProduct ordered,
        OrderMatch match,
        PaymentState own,
        Terms catalogue,
        MoneyDecisions decisions)
        implements Terms {
    @Override
    public References references() {
        return decisions.assignedScope(references(order));
    }

    static References references(Order order) {
        return new References(
                Optional.of(new OrderId(order.getOrderId())),
                Optional.of(new SubjectId(order.getSubject())),
                Optional.of(order.getProduct()),
                Optional.ofNullable(order.getReference()));
    }

    @Override
    public JudgedProduct product() {
        return ordered;
    }

    @Override
    public JudgedProduct product(InvoiceView invoice) {
        if (!isRenewal(invoice)) {
            return ordered;
        }
        var renewed = catalogue.product(invoice);
        return renewed.product().isPresent() ? renewed : JudgedProduct.named(renewed.catalogue(), order.getProduct());
    }

    @Override
    public ProductCatalogue catalogue(InvoiceView invoice) {
        return isRenewal(invoice) || invoice.invoice().getStatus() == InvoiceStatus.FAILED
                ? catalogue.catalogue(invoice)
                : ordered.catalogue();
    }

    private boolean isRenewal(InvoiceView invoice) {
        return match.renewals().contains(invoice.key());
    }

    @Override
    public Optional<Mismatch> disqualification() {
        return disqualification(order, own, ordered.catalogue().policy(), decisions);
    }

    /** Why money of this payment key cannot pay the order, if so. */
    static Optional<Mismatch> disqualification(Order order, PaymentState own, Policy policy, MoneyDecisions decisions) {
        return own.getLive() == order.getLive()
                ? wrongAccount(order, own)
                        .filter(mismatch ->
                                !policy.grants(mismatch.kind()) && !decisions.accepts(mismatch, references(order)))
                : Optional.of(Mismatch.ofCharge(
                        DiscrepancyKind.WRONG_MODE, key(own), mode(order.getLive()), mode(own.getLive())));
    }

    /** What pays the order is compared with it as a whole; renewals, also failed ones, are compared with the catalogue. */
    @Override
    public Optional<InvoiceLines> lines(InvoiceView invoice) {
        var renews = isRenewal(invoice) || invoice.invoice().getPaid() == 0 && expectsTrial();
        return renews || invoice.invoice().getStatus() == InvoiceStatus.FAILED
                ? catalogue.lines(invoice)
                : Optional.empty();
    }

    @Override
    public Optional<Mismatch> trial(Subscription subscription, Product bought, ChargeKey key) {
        var start = subscription.getFirstAt() == null ? subscription.getAt() : subscription.getFirstAt();
        return order.getAmount() == 0 && subscription.getTrialEnd() != null && OrderMatch.isClosed(order, start)
                ? Optional.of(OrderMatch.late(order, key, start))
                : catalogue.trial(subscription, bought, key);
    }

    @Override
    public boolean accepts(Mismatch mismatch) {
        return decisions.accepts(mismatch, references(order));
    }

    /** An order that expects money grants nothing before it is paid. */
    @Override
    public boolean expectsTrial() {
        return order.getAmount() == 0 || match.isPaid();
    }

    @Override
    public List<Mismatch> mismatches(Charge charge, Product bought) {
        var mismatch = match.mismatch(charge);
        var price = mismatch.isEmpty() && match.isRenewal(charge)
                ? catalogue.mismatches(charge, bought)
                : mismatch.stream().toList();
        var late = Stream.ofNullable(match.late().get(charge.key()));
        return Stream.of(wrongAccount(order, own).stream(), late, price.stream())
                .flatMap(each -> each)
                .toList();
    }

    private static Optional<Mismatch> wrongAccount(Order order, PaymentState own) {
        var expected = order.getGatewayAccount();
        var actual = own.getGateway() + "/" + own.getAccount();
        return expected == null || expected.equals(actual)
                ? Optional.empty()
                : Optional.of(Mismatch.ofCharge(DiscrepancyKind.WRONG_ACCOUNT, key(own), expected, actual));
    }

    private static ChargeKey key(PaymentState own) {
        return ChargeKey.whole(PaymentKey.parse(own.getPaymentKey()));
    }

    private static String mode(boolean live) {
        return live ? "live money" : "test money";
    }
}
