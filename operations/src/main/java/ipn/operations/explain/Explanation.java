package ipn.operations.explain;

import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.WithheldRevocation;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.explain.evidence.RawRecordSummary;
import ipn.operations.topic.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a subject has, or has not, what it may use.
 *
 * @param at the time it is explained for
 * @param answer in sentences, the most important first
 * @param entitlements what held at the time, ended ones included
 * @param payments what is behind it, and what names the subject without being so
 * @param discrepancies open at the time
 * @param deadLetters of these payments, decided ones included
 * @param notes what limits this explanation
 * @param missing what should be behind it and is not there
 */
public record Explanation(
        String subject,
        Optional<String> entitlement,
        Instant at,
        List<String> answer,
        List<Holding> entitlements,
        List<PaymentStory> payments,
        List<OrderStory> orders,
        List<Discrepancy> discrepancies,
        List<DeadLetter> deadLetters,
        List<String> notes,
        List<String> missing) {

    /**
     * One entitlement and scope.
     *
     * @param last what held at the time
     * @param held a revocation that is withheld
     * @param decides key of the claim that decides, where claims are known
     * @param claims all claims to it, sorted by key
     * @param history its changes, oldest first, as far as they are kept
     * @param olderGone true where older changes are no longer kept
     * @param cause the raw record of the event behind the last change
     */
    public record Holding(
            EntitlementEvent last,
            Optional<WithheldRevocation> held,
            Optional<String> decides,
            List<Claim> claims,
            List<EntitlementEvent> history,
            boolean olderGone,
            Optional<RawRecordSummary> cause) {}

    /**
     * One payment key.
     *
     * @param state empty where nothing is known of it
     * @param paidBy payment keys that settle it
     * @param settles payment keys that it settles
     * @param steps what became of each of its events, oldest first
     */
    public record PaymentStory(
            String paymentKey,
            Optional<PaymentState> state,
            List<String> paidBy,
            List<String> settles,
            List<Step> steps) {}

    /**
     * One event of a payment.
     *
     * @param source its raw record
     * @param raw what that says of itself; empty where it is gone
     */
    public record Step(
            String kind,
            @Nullable String reason,
            String eventKey,
            String eventType,
            @Nullable Instant occurredAt,
            @Nullable Instant receivedAt,
            Position source,
            Optional<RawRecordSummary> raw) {}

    /**
     * One order.
     *
     * @param matching MATCHED, EXPECTED, MISSING, or what of its money does not match
     * @param payments payment keys that name it
     */
    public record OrderStory(Order order, String matching, List<String> payments) {}

    /** Whether all that is behind it is there. */
    public boolean complete() {
        return missing.isEmpty();
    }
}
