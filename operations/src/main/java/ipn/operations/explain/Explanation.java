package ipn.operations.explain;

import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.ReverificationStatus;
import ipn.avro.WithheldRevocation;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.decision.DecisionView;
import ipn.operations.explain.evidence.RawRecordSummary;
import ipn.operations.topic.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a subject has, or does not have, its entitlements.
 *
 * @param at the time that is explained
 * @param answer in sentences, the most important first
 * @param entitlements status of each at the time, ended ones included
 * @param payments payments that entitlements depend on, and others that name the subject
 * @param discrepancies those open at the time
 * @param deadLetters those of these payments, and others that contain the id of the subject or of one of its orders; decided ones included
 * @param decisions of people about the subject, these payments and these orders, and transfers to the subject, earliest first
 * @param notes limits of this explanation
 * @param missing evidence that should exist and does not
 */
public record Explanation(
        String subject,
        Optional<String> entitlement,
        Instant at,
        List<String> answer,
        List<Holding> entitlements,
        List<PaymentHistory> payments,
        List<OrderDetails> orders,
        List<Discrepancy> discrepancies,
        List<DeadLetter> deadLetters,
        List<DecisionView> decisions,
        List<String> notes,
        List<String> missing) {

    /**
     * One entitlement and scope.
     *
     * @param last the newest event at the time
     * @param withheld a revocation that the brake withholds
     * @param decides key of the claim that decides, if claims are known
     * @param decision the decision of a person because of which it is as it is: a grant, a revocation, or a transfer
     * @param claims all claims to it, sorted by key
     * @param history its changes that still exist, oldest first
     * @param olderGone whether older changes no longer exist
     * @param cause the raw record that caused the last change, if it still exists
     */
    public record Holding(
            EntitlementEvent last,
            Optional<WithheldRevocation> withheld,
            Optional<String> decides,
            Optional<DecisionView> decision,
            List<Claim> claims,
            List<EntitlementEvent> history,
            boolean olderGone,
            Optional<RawRecordSummary> cause) {}

    /**
     * One payment key.
     *
     * @param state empty if the payment is unknown
     * @param paidBy payment keys whose links say that they pay it
     * @param pays payment keys that it pays
     * @param steps the outcome of each of its events, oldest first
     */
    public record PaymentHistory(
            String paymentKey,
            Optional<PaymentState> state,
            List<String> paidBy,
            List<String> pays,
            List<Step> steps) {}

    /**
     * One event of a payment.
     *
     * @param source position of its raw record
     * @param raw the raw record; empty if it no longer exists
     * @param reverification whether the processor verified the raw record again
     */
    public record Step(
            String kind,
            @Nullable String reason,
            String eventKey,
            String eventType,
            @Nullable Instant occurredAt,
            @Nullable Instant receivedAt,
            Position source,
            Optional<RawRecordSummary> raw,
            ReverificationStatus reverification) {}

    /**
     * One order.
     *
     * @param matching MATCHED, EXPECTED, MISSING, or the kinds of its open discrepancies
     * @param payments payment keys that name the order
     * @param decisions of people about the order that count, such as the dismissal because of which it is no longer open
     */
    public record OrderDetails(Order order, String matching, List<String> payments, List<DecisionView> decisions) {}

    /** Whether anything is stored about the subject. */
    public boolean known() {
        return !(entitlements.isEmpty()
                && payments.isEmpty()
                && orders.isEmpty()
                && discrepancies.isEmpty()
                && deadLetters.isEmpty()
                && decisions.isEmpty());
    }

    /** Whether no evidence is missing. */
    public boolean complete() {
        return missing.isEmpty();
    }
}
