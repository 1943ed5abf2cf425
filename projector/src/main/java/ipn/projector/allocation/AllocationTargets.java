package ipn.projector.allocation;

import ipn.avro.Link;
import ipn.avro.PaymentState;
import ipn.avro.PaymentAllocation;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the worth of a payment key flows: to the payment keys it settles; else to the order it names; else nowhere, and it
 * stands for itself.
 *
 * @param payments payment keys, sorted
 */
record AllocationTargets(TreeSet<String> payments, Optional<String> order) {

    static AllocationTargets of(PaymentAllocation settled) {
        var own = settled.getOwn();
        var payments = new TreeSet<>(settled.getPays());
        if (own == null) {
            return new AllocationTargets(payments, Optional.empty());
        }
        linked(own, "SETTLES").forEach(payments::add);
        var order = CombinedPayments.of(own, settled.getPaidBy().values()).reference("order");
        return new AllocationTargets(payments, payments.isEmpty() ? order : Optional.empty());
    }

    static Stream<String> linked(PaymentState own, String kind) {
        return own.getLinks().stream()
                .filter(link -> link.getKind().equals(kind))
                .map(Link::getTarget);
    }

    boolean nothing() {
        return payments.isEmpty() && order.isEmpty();
    }
}
