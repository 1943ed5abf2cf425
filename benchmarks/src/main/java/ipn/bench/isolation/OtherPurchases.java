package ipn.bench.isolation;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.Order;
import ipn.avro.PaymentStatus;
import ipn.bench.load.IngressCall;
import ipn.bench.load.Scenario;
import ipn.bench.load.Scenarios;
import ipn.bench.load.Workload;
import ipn.simulator.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Purchases of users who are refunded nothing, one call each. One in five is of the account that has the refunds, the others are of other
 * accounts. Every second block of twenty is bought with an order.
 *
 * @param calls signed
 */
record OtherPurchases(List<IngressCall> calls, List<Order> orders) {
    private static final List<Kind> KINDS = List.of(
            new Kind("razorpay", "payment.captured"),
            new Kind("paddle", "transaction.completed"),
            new Kind("standard-webhooks", "payment.succeeded"),
            new Kind("square", "payment.updated"),
            new Kind("stripe", "payment_intent.succeeded"));

    private record Kind(String gateway, String event) {}

    /** @param scenarios with ids that nothing else in the run has */
    static OtherPurchases create(int count, Scenarios scenarios, Map<String, Sender> senders) {
        var calls = new ArrayList<IngressCall>();
        var orders = new ArrayList<Order>();
        for (var number = 0; number < count; number++) {
            var scenario = scenario(number, scenarios);
            calls.addAll(Workload.calls(scenario, senders, Instant.now()));
            scenario.order().ifPresent(orders::add);
        }
        return new OtherPurchases(calls, orders);
    }

    private static Scenario scenario(int number, Scenarios scenarios) {
        var kind = KINDS.get(number % KINDS.size());
        return scenarios.post(
                number,
                kind.gateway(),
                PaymentStatus.COMPLETED,
                DisputeStatus.NONE,
                0,
                EntitlementStatus.ACTIVE,
                kind.event());
    }
}
