package ipn.bench.load;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.Order;
import ipn.avro.PaymentStatus;
import ipn.simulator.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happens to one purchase, and what must be known of it in the end. The expectations are written by hand beside each
 * plot, so that they share nothing with the rules under test.
 *
 * @param steps what the gateway sends, in the order it happened
 * @param payments what each payment must come to
 * @param access what its subject must have in the end; empty: nothing was ever granted
 * @param order what its checkout expected; empty: none told
 */
record Scenario(
        List<Step> steps, List<ExpectedPayment> payments, Optional<ExpectedAccess> access, Optional<Order> order) {
    /** Of a purchase that no checkout told of. */
    Scenario(List<Step> steps, List<ExpectedPayment> payments, Optional<ExpectedAccess> access) {
        this(steps, payments, access, Optional.empty());
    }

    /** One notification, ready to be signed: which gateway, which event, and what it says. */
    record Step(String gateway, String event, Sample sample) {}

    record ExpectedPayment(
            String paymentKey, PaymentStatus status, DisputeStatus dispute, long captured, long refunded) {}

    /** @param until empty: no end, or not told apart here */
    record ExpectedAccess(String stateKey, EntitlementStatus status, Optional<Instant> until) {}
}
