package ipn.bench.isolation;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.PaymentStatus;
import ipn.bench.load.IngressCall;
import ipn.bench.load.Scenario;
import ipn.bench.load.Scenarios;
import ipn.bench.load.Workload;
import ipn.simulator.Sender;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;

/**
 * Purchases of one account, all of which the gateway refunds within a short time. Their calls are signed when they are used: so many signed
 * calls would fill the memory.
 *
 * @param scenarios with ids that nothing else in the run has
 * @param count of purchases, and of refunds
 * @param refundEvents the gateway's types of a refund; the refunds have them in turn
 */
record RefundedPurchases(
        Scenarios scenarios, Map<String, Sender> senders, String gateway, int count, List<String> refundEvents) {
    private static final String PURCHASE = "payment_intent.succeeded";
    private static final int PRICE = 2500;
    private static final int BLOCK = 20;

    RefundedPurchases {
        refundEvents = List.copyOf(refundEvents);
    }

    /** The calls about the purchases. */
    List<IngressCall> purchases() {
        return new Calls(0);
    }

    /** The calls about the refunds, in the order of the purchases. */
    List<IngressCall> refunds() {
        return new Calls(1);
    }

    private Scenario scenario(int number) {
        return scenarios.post(
                withoutOrder(number),
                gateway,
                PaymentStatus.REFUNDED,
                DisputeStatus.NONE,
                PRICE,
                EntitlementStatus.ENDED,
                PURCHASE,
                refundEvents.get(number % refundEvents.size()));
    }

    /** Scenarios of every second block of numbers are bought without an order. */
    static int withoutOrder(int number) {
        return number / BLOCK * 2 * BLOCK + BLOCK + number % BLOCK;
    }

    private final class Calls extends AbstractList<IngressCall> {
        private final int step;

        Calls(int step) {
            this.step = step;
        }

        @Override
        public IngressCall get(int number) {
            return Workload.calls(scenario(number), senders, Instant.now()).get(step);
        }

        @Override
        public int size() {
            return count;
        }
    }
}
