package ipn.app.output;

import ipn.avro.Decision;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.operations.decision.OrderDecisions;
import ipn.operations.query.OrderQuery.OrderView;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** An order with its payments and its open discrepancies. */
public final class OrderText {
    private OrderText() {}

    /** Prints it, what people decided, payments that may be meant for it, and for each open discrepancy the command that shows what can be decided. */
    public static void print(OrderView view, OrderDecisions people, Terminal terminal) {
        terminal.show(facts(view, people));
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
        if (!people.candidates().isEmpty()) {
            terminal.print("");
            terminal.print("not matched, of the same user and amount:");
            people.candidates()
                    .forEach(open -> terminal.print("  %s (%s): ipn discrepancy show %s"
                            .formatted(open.getPaymentKey(), open.getKind(), Shell.quoted(open.getDiscrepancyId()))));
        }
    }

    private static Table facts(OrderView view, OrderDecisions people) {
        var table = new Table("order", view.orderId());
        view.order().ifPresent(order -> terms(table, order));
        table.row("status", view.matched().map(OrderText::status).orElse("not processed by the projector yet"));
        people.decisions().forEach(each -> table.row("decided", decided(each.decision())));
        return table;
    }

    private static String decided(Decision decision) {
        var kind = Objects.requireNonNullElse(decision.getDiscrepancy(), "").split("/", 2)[0];
        return (kind + " " + DecisionText.past(decision)).strip();
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
