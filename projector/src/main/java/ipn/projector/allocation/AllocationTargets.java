package ipn.projector.allocation;

import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.key.OrderId;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the money of a payment key counts for: the payment keys that it pays; else the order that it names; else itself.
 *
 * @param payments payment keys, sorted
 */
record AllocationTargets(TreeSet<String> payments, Optional<OrderId> order) {

    static AllocationTargets derive(PaymentAllocation allocation) {
        var own = allocation.getOwn();
        var payments = new TreeSet<>(allocation.getPays());
        if (own == null) {
            return new AllocationTargets(payments, Optional.empty());
        }
        linked(own, LinkKind.PAYS).forEach(payments::add);
        var order =
                CombinedPayments.combine(own, allocation.getPaidBy().values()).order();
        return new AllocationTargets(payments, payments.isEmpty() ? order : Optional.empty());
    }

    /** Payment keys on the other side of links of a kind. */
    static Stream<String> linked(PaymentState own, LinkKind kind) {
        return own.getLinks().stream().filter(link -> link.getKind() == kind).map(Link::getTarget);
    }

    /** Whether the money counts for the payment key itself. */
    boolean isItself() {
        return payments.isEmpty() && order.isEmpty();
    }
}
