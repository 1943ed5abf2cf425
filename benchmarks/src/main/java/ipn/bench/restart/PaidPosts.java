package ipn.bench.restart;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.PaymentStatus;
import ipn.bench.load.Scenarios;
import ipn.bench.load.Workload;
import ipn.simulator.Sender;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Posts that were paid at Stripe, each with one notification and without an order.
 *
 * @param tag part of every id
 */
record PaidPosts(String tag, Map<String, Sender> senders) {
    /** @param first number of the first; other calls must use other numbers */
    Workload workload(int first, int count) {
        var scenarios = new Scenarios(
                        tag, Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS))
                .withoutOrders();
        return Workload.create(
                new Workload.Plan(count, 0, 0, 0, first),
                number -> scenarios.post(
                        first + number,
                        "stripe",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.NONE,
                        0,
                        EntitlementStatus.ACTIVE,
                        "payment_intent.succeeded"),
                senders,
                Instant.now());
    }
}
