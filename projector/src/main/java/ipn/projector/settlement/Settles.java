package ipn.projector.settlement;

import ipn.avro.Link;
import ipn.avro.PaymentState;
import ipn.avro.SettledPayment;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the worth of a payment key flows: to the payment keys it settles; else to the order it names; else nowhere, and it
 * stands for itself.
 *
 * @param payments payment keys, sorted
 */
record Settles(TreeSet<String> payments, Optional<String> order) {

    static Settles of(SettledPayment settled) {
        var own = settled.getOwn();
        var payments = new TreeSet<>(settled.getSettles());
        if (own == null) {
            return new Settles(payments, Optional.empty());
        }
        linked(own, "SETTLES").forEach(payments::add);
        var order = Worth.of(own, settled.getSettledBy().values()).reference("order");
        return new Settles(payments, payments.isEmpty() ? order : Optional.empty());
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
