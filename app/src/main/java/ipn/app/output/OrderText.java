package ipn.app.output;

import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.operations.query.OrderQuery.OrderView;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** An order with its payments and its open discrepancies. */
public final class OrderText {
    private OrderText() {}

    /** Prints it, and for each open discrepancy the command that shows what can be decided. */
    public static void print(OrderView view, Terminal terminal) {
        terminal.show(facts(view));
        view.matched().ifPresent(allocation -> {
            if (!allocation.getPayers().isEmpty()) {
                terminal.print("");
                terminal.show(payers(allocation));
            }
            if (!allocation.getDiscrepancies().isEmpty()) {
                terminal.print("");
                terminal.show(discrepancies(allocation));
                terminal.print("");
                allocation
                        .getDiscrepancies()
                        .forEach(open ->
                                terminal.print("next: ipn discrepancy show " + Shell.quoted(open.getDiscrepancyId())));
            }
        });
    }

    private static Table facts(OrderView view) {
        var table = new Table("order", view.orderId());
        view.order().ifPresent(order -> terms(table, order));
        return table.row("status", view.matched().map(OrderText::status).orElse("not processed by the projector yet"));
    }

    private static void terms(Table table, Order order) {
        table.row("expected", Amount.shown(order.getAmount(), order.getCurrency()))
                .row("subject", order.getSubject())
                .row("product", order.getProduct());
        if (order.getReference() != null) {
            table.row("reference", order.getReference());
        }
        if (order.getGatewayAccount() != null) {
            table.row("account", order.getGatewayAccount());
        }
        table.row("mode", order.getLive() ? "live" : "test").row("created", order.getCreatedAt());
        if (order.getPayBy() != null) {
            table.row("pay by", order.getPayBy());
        }
    }

    /** The status is about the money that pays the order; what else is open about it, such as a second payment, is named beside it. */
    private static String status(OrderAllocation allocation) {
        var status = allocation.getDiscrepancy() == null
                ? allocation.getStatus().name()
                : allocation.getDiscrepancy().name();
        var open = allocation.getDiscrepancies().stream()
                .map(each -> each.getKind().name())
                .filter(kind -> !kind.equals(status))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return open.isEmpty() ? status : "%s, open: %s".formatted(status, open);
    }

    private static Table payers(OrderAllocation allocation) {
        var table = new Table("paid by", "status", "dispute", "captured", "refunded");
        allocation.getPayers().values().stream()
                .map(payer -> payer.getOwn())
                .sorted(Comparator.comparing(PaymentState::getPaymentKey))
                .forEach(own -> table.row(
                        own.getPaymentKey(),
                        own.getStatus(),
                        own.getDisputeStatus(),
                        sums(own, Totals::getCaptured),
                        sums(own, Totals::getRefunded)));
        return table;
    }

    private static String sums(PaymentState payment, ToLongFunction<Totals> amount) {
        return payment.getTotals().stream()
                .map(each -> Amount.shown(amount.applyAsLong(each), each.getCurrency()))
                .collect(Collectors.joining(", "));
    }

    private static Table discrepancies(OrderAllocation allocation) {
        var table = new Table("discrepancy", "payment", "expected", "actual", "since");
        allocation
                .getDiscrepancies()
                .forEach(open -> table.row(
                        open.getKind(),
                        open.getPaymentKey(),
                        Objects.requireNonNullElse(open.getExpected(), ""),
                        Objects.requireNonNullElse(open.getActual(), ""),
                        open.getAt()));
        return table;
    }
}
