package ipn.operations.explain.evidence;

import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.topic.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was read about one subject; all that an explanation is made of.
 *
 * @param events every change the topic still has, oldest first, later ones than asked for included
 * @param states what holds now
 * @param claims to each entitlement now; empty where they could not be read, or the past is asked for
 * @param orders of the subject
 * @param payments the state of each at the time, by payment key
 * @param outcomes up to the time, oldest first, by payment key
 * @param records the raw records that still exist, by where they stand
 * @param discrepancies open at the time
 * @param letters dead letters of these payments
 * @param notes what limits the whole
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
        List<String> notes) {}
