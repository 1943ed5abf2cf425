package ipn.app.kill;

import ipn.avro.Order;
import ipn.simulator.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens to one purchase, and what must be stored about it in the end. The expectations are written by hand, so that
 * they share nothing with the code under test.
 *
 * @param deliveries what the gateway sends
 * @param payments what each payment must be in the end
 * @param access what its subject must have in the end; empty: nothing was ever granted
 * @param ledger the sum of each account over all entries, in minor units, without accounts that sum to zero
 * @param deadLetters how many of the deliveries cannot be processed
 * @param order what its checkout expected; empty: none
 */
record Purchase(
        List<Sent> deliveries,
        List<Payment> payments,
        Optional<Access> access,
        Map<String, Long> ledger,
        int deadLetters,
        Optional<Order> order) {
    /** One delivery to one gateway's account. */
    record Sent(String gateway, Outgoing outgoing) {}

    record Payment(String paymentKey, String status, String disputeStatus, long captured, long refunded) {}

    /**
     * @param stateKey subject, entitlement and scope
     * @param until empty: it has no end, or the end is when the test ran
     */
    record Access(String stateKey, String status, Optional<Instant> until) {}
}
