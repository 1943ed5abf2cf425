package ipn.bench.load;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.Order;
import ipn.avro.PaymentStatus;
import ipn.simulator.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one purchase and their expected result. The expected results are written by hand in each scenario, so
 * that they share no code with the rules under test.
 *
 * @param steps the notifications, in the order of their events
 * @param payments the expected state of each payment
 * @param access the expected access of the subject; empty if the scenario never grants access
 * @param order the order of the checkout; empty if the checkout writes none
 */
public record Scenario(
        List<Step> steps, List<ExpectedPayment> payments, Optional<ExpectedAccess> access, Optional<Order> order) {
    /** A purchase without an order. */
    Scenario(List<Step> steps, List<ExpectedPayment> payments, Optional<ExpectedAccess> access) {
        this(steps, payments, access, Optional.empty());
    }

    /** The gateways that send its notifications. */
    public Set<String> gateways() {
        return steps.stream().map(Step::gateway).collect(Collectors.toSet());
    }

    /** Whether such an event is its last one. */
    public boolean endsWith(String event) {
        return steps.get(steps.size() - 1).event().equals(event);
    }

    /** One notification before it is signed. */
    record Step(String gateway, String event, Sample sample) {}

    /** The expected status and amounts of one payment. */
    public record ExpectedPayment(
            String paymentKey, PaymentStatus status, DisputeStatus dispute, long captured, long refunded) {}

    /**
     * The expected access of one subject to one entitlement.
     *
     * @param until the expected end; empty if the end is not compared
     */
    public record ExpectedAccess(String stateKey, EntitlementStatus status, Optional<Instant> until) {
        /** Whether this is what the subject has. */
        public boolean matches(EntitlementStatus actual, @Nullable Instant actualUntil) {
            return actual == status
                    && until.map(expected -> expected.equals(actualUntil)).orElse(true);
        }
    }
}
