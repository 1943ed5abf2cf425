package ipn.operations.explain.evidence;

import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.decision.DecisionView;
import ipn.operations.topic.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was read about one subject.
 *
 * @param events every entitlement event that still exists, oldest first, including those after the time of the question
 * @param states the entitlements as they are now
 * @param claims claims to each entitlement now; empty if they could not be read, or if the question is about the past
 * @param orders orders of the subject
 * @param payments state of each payment at the time, by payment key
 * @param outcomes outcomes up to the time, oldest first, by payment key
 * @param records raw records that still exist, by position
 * @param discrepancies those open at the time
 * @param letters dead letters of these payments, and others that contain the id of the subject or of one of its orders
 * @param decisions of people about the subject, these payments and these orders, and transfers to the subject, earliest first
 * @param notes limits of this evidence
 */
public record Evidence(
        List<EntitlementEvent> events,
        List<Entitlement> states,
        Optional<List<EntitlementClaims>> claims,
        List<Order> orders,
        Map<String, PaymentState> payments,
        Map<String, List<Outcome>> outcomes,
        Map<Position, RawRecordSummary> records,
        List<Discrepancy> discrepancies,
        List<DeadLetter> letters,
        List<DecisionView> decisions,
        List<String> notes) {}
