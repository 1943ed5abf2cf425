package ipn.projector.allocation;

import ipn.avro.Allocation;
import ipn.avro.Cause;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.key.OrderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Messages of a payment key to other payment keys and to orders. */
final class AllocationMessages {
    private AllocationMessages() {}

    /** To the order that it names: the money. To an order that it names no longer: that it does not. */
    static List<Allocation> toOrders(
            PaymentAllocation before, PaymentAllocation after, AllocationTargets targets, Cause cause) {
        var now = targets.order();
        var left = AllocationTargets.derive(before).order().filter(order -> !now.equals(Optional.of(order)));
        var messages = new ArrayList<Allocation>();
        left.ifPresent(order ->
                messages.add(toOrder(order, after, cause).setPayment(null).build()));
        now.ifPresent(order -> messages.add(toOrder(order, after, cause)
                .setPayment(after.getOwn())
                .setPaidBy(List.copyOf(new TreeMap<>(after.getPaidBy()).values()))
                .build()));
        return messages;
    }

    /** To the order that it named: that it no longer does. */
    static List<Allocation> noLongerToOrder(PaymentAllocation before, Cause cause) {
        return AllocationTargets.derive(before).order().stream()
                .map(order -> toOrder(order, before, cause).setPayment(null).build())
                .toList();
    }

    private static Allocation.Builder toOrder(OrderId order, PaymentAllocation from, Cause cause) {
        return message(Objects.requireNonNull(from.getOwn()), order.value(), cause)
                .setToOrder(true);
    }

    /** Invoices stay out of the message: the receiver does not use them, and many would exceed its size budget. */
    static Allocation money(PaymentState own, String to, Cause cause) {
        var payment = own.getInvoices().isEmpty()
                ? own
                : PaymentState.newBuilder(own).setInvoices(List.of()).build();
        return message(own, to, cause).setPayment(payment).build();
    }

    static Allocation link(PaymentState own, String to, Cause cause) {
        return message(own, to, cause).setLink(true).build();
    }

    private static Allocation.Builder message(PaymentState own, String to, Cause cause) {
        return Allocation.newBuilder()
                .setTo(to)
                .setFrom(own.getPaymentKey())
                .setLink(false)
                .setCause(cause);
    }
}
