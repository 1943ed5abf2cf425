package ipn.projector.preview;

import ipn.avro.Allocation;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimStatus;
import ipn.avro.Order;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.key.OrderId;
import ipn.projector.allocation.PaymentAllocator;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.order.OrderAllocator;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which claims a payment leads to, by the rules that allocate it: by itself, and through the order that it names. What it pays at another
 * payment key, such as an invoice, and what people decided are not followed.
 *
 * @param clock one time for all
 */
public record ClaimPreview(CatalogueHistory history, Clock clock) {
    private static final Cause CAUSE = new Cause("replay/preview", "", 0, 0L, false);
    private static final PaymentAllocation NOTHING = PaymentAllocation.newBuilder()
            .setPaidBy(Map.of())
            .setPays(List.of())
            .setClaims(List.of())
            .setDiscrepancies(List.of())
            .setDecided(List.of())
            .setDecisions(List.of())
            .setPosted(List.of())
            .setEntries(0)
            .build();

    /**
     * The claims that hold.
     *
     * @param orders what the checkout expects, by order id
     */
    public List<Claim> of(PaymentState payment, Function<String, Optional<Order>> orders) {
        var matcher = new PriceMatcher(history);
        var own = new PaymentAllocator(matcher, clock).onState(NOTHING, payment, CAUSE);
        var ofOrders = own.allocations().stream()
                .filter(message -> message.getToOrder() && message.getPayment() != null)
                .flatMap(message -> ofOrder(matcher, message, orders.apply(message.getTo())));
        return Stream.concat(own.claims().stream(), ofOrders)
                .filter(claim -> claim.getStatus() != ClaimStatus.WITHDRAWN)
                .toList();
    }

    /** The order that a payment names. */
    public static Optional<String> order(PaymentState payment) {
        return Optional.ofNullable(payment.getReferences().get("order"))
                .map(OrderId::new)
                .map(OrderId::value);
    }

    private Stream<Claim> ofOrder(PriceMatcher matcher, Allocation message, Optional<Order> order) {
        var allocator = new OrderAllocator(matcher, clock);
        var expected =
                order.map(known -> allocator.onMessage(null, checkout(known)).after());
        return allocator.onMessage(expected.orElse(null), message).claims().stream();
    }

    private static Allocation checkout(Order order) {
        return Allocation.newBuilder()
                .setTo(order.getOrderId())
                .setFrom(order.getOrderId())
                .setLink(false)
                .setToOrder(true)
                .setCheckout(true)
                .setOrder(order)
                .setCause(CAUSE)
                .build();
    }
}
