package ipn.bench.growth;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.PaymentStatus;
import ipn.bench.load.IngressCall;
import ipn.bench.load.Scenarios;
import ipn.bench.load.Workload;
import ipn.simulator.Sender;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Refunds of payments that are stored already, of the scenarios whose payment is complete and not refunded. */
record OldPayments(Function<String, Scenarios> scenarios, Map<String, Sender> senders) {
    private static final int KINDS = 20;
    private static final int REFUND = 2;
    private static final int PRICE = 2500;

    /**
     * The refund of one payment.
     *
     * @param tag of the payment
     * @param index from 0 on; each is another payment of the tag
     */
    IngressCall refund(String tag, int index) {
        var scenario = scenarios
                .apply(tag)
                .post(
                        index * KINDS,
                        "stripe",
                        PaymentStatus.REFUNDED,
                        DisputeStatus.NONE,
                        PRICE,
                        EntitlementStatus.ENDED,
                        // those of the scenario, so that the refund has an event id of its own
                        "payment_intent.created",
                        "payment_intent.succeeded",
                        "refund.created");
        return Workload.calls(scenario, senders, Instant.now()).get(REFUND);
    }
}
