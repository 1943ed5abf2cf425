package ipn.operations.decision;

import ipn.avro.Discrepancy;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.OrderStatus;
import ipn.decision.ApprovalPolicy;
import ipn.operations.query.DiscrepancyQuery;
import ipn.operations.query.OrderQuery.OrderView;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people decided about an order, and what may have paid it without naming it.
 *
 * @param decisions those because of which a discrepancy of the order is closed
 * @param candidates open discrepancies of payments of the same user with the amount of the order and no other product; only of an order
 *     that nothing pays
 */
public record OrderDecisions(List<DecisionView> decisions, List<Discrepancy> candidates) {
    public OrderDecisions {
        decisions = List.copyOf(decisions);
        candidates = List.copyOf(candidates);
    }

    /**
     * Reads the decisions about an order; the topic of discrepancies only if nothing pays it and no decision closed that.
     *
     * @param amount of the order, as discrepancies have amounts, such as 8.00 USD; empty of an order that no checkout wrote
     */
    public static OrderDecisions read(
            RecordSource source,
            ApprovalPolicy approval,
            OrderView view,
            String amount,
            Instant now,
            Progress progress) {
        var decided = view.matched().map(OrderAllocation::getDecided).orElse(List.of()).stream()
                .map(Discrepancy::getDecision)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var decisions = decided.isEmpty()
                ? List.<DecisionView>of()
                : DecisionView.all(new DecisionQuery(source, approval).about(view.orderId()), now).stream()
                        .filter(each -> decided.contains(each.decision().getDecisionId()))
                        .toList();
        var unpaid = view.order().filter(order -> decided.isEmpty() && isUnpaid(view.matched()));
        return new OrderDecisions(
                decisions,
                unpaid.map(order -> candidates(
                                order,
                                amount,
                                new DiscrepancyQuery(source).findBySubject(order.getSubject(), progress)))
                        .orElse(List.of()));
    }

    private static boolean isUnpaid(Optional<OrderAllocation> matched) {
        return matched.isEmpty()
                || matched.get().getPayers().isEmpty() && matched.get().getStatus() != OrderStatus.MATCHED;
    }

    /** Of the open discrepancies of its user, those of payments that may be meant for the order. */
    static List<Discrepancy> candidates(Order order, String amount, List<Discrepancy> open) {
        return open.stream()
                .filter(each -> !each.getPaymentKey().isEmpty()
                        && !order.getOrderId().equals(each.getOrder())
                        && (each.getProduct() == null || each.getProduct().equals(order.getProduct()))
                        && (amount.equals(each.getCaptured()) || amount.equals(each.getActual())))
                .toList();
    }
}
