package ipn.operations.explain.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.operations.Hashing;
import ipn.operations.explain.evidence.RawRecordSummary;
import ipn.operations.topic.Position;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventCheckTest {
    private static final String PI = "stripe/main/pi_1";
    private static final String E1 = "stripe/main/evt_1";
    private static final String E2 = "stripe/main/evt_2";
    private static final Position FIRST = new Position("ipn.raw", 0, 7);
    private static final Position SECOND = new Position("ipn.raw", 0, 9);

    private final EntitlementEvent event = event();
    private final EvidenceIndex index = new EvidenceIndex();

    @BeforeEach
    void needed() {
        index.need(event);
        index.order("o_1", true);
        index.payment(PI, new long[] {Hashing.hashOf(E1), Hashing.hashOf(E2)});
        index.outcome(PI, E1, FIRST);
        index.outcome(PI, E2, SECOND);
    }

    @Test
    void an_event_is_explained_when_its_cause_and_all_facts_behind_it_have_their_records() {
        found(FIRST, E1, "hmac k1");
        found(SECOND, E2, "hmac k1");
        assertThat(new EventCheck(index).missing(event)).isEmpty();
    }

    @Test
    void only_evidence_that_explains_something_is_needed() {
        index.outcome(PI, "stripe/main/evt_of_no_fact", new Position("ipn.raw", 0, 11));
        assertThat(index.needsRecord(SECOND)).isTrue();
        assertThat(index.needsRecord(new Position("ipn.raw", 0, 11))).isFalse();
        assertThat(index.needsPayment("stripe/main/pi_2")).isFalse();
    }

    @Test
    void a_fact_carried_by_two_records_is_explained_by_either() {
        var again = new Position("ipn.raw", 0, 12);
        index.outcome(PI, E2, again);
        found(FIRST, E1, "hmac k1");
        found(again, E2, "hmac k1");
        assertThat(new EventCheck(index).missing(event)).isEmpty();
    }

    @Test
    void a_fact_without_its_record_is_missing() {
        found(FIRST, E1, "hmac k1");
        assertThat(new EventCheck(index).missing(event))
                .containsExactly("payment %s: 1 of the 2 events that carried its facts have no raw record any more"
                        .formatted(PI));
    }

    @Test
    void a_cause_that_is_gone_or_another_event_or_unproven_is_missing() {
        found(SECOND, E2, "hmac k1");
        assertThat(new EventCheck(index).missing(event))
                .contains("the raw record of its cause %s no longer exists at %s".formatted(E1, FIRST));
        found(FIRST, E2, "hmac k1");
        assertThat(new EventCheck(index).missing(event))
                .containsExactly("the raw record at %s is of another event than its cause %s".formatted(FIRST, E1));
        found(FIRST, E1, "");
        assertThat(new EventCheck(index).missing(event))
                .containsExactly("the raw record of its cause %s at %s does not name the key that verified it"
                        .formatted(E1, FIRST));
    }

    @Test
    void an_order_that_was_withdrawn_is_missing() {
        found(FIRST, E1, "hmac k1");
        found(SECOND, E2, "hmac k1");
        index.order("o_1", false);
        assertThat(new EventCheck(index).missing(event)).containsExactly("order o_1 does not exist");
    }

    @Test
    void an_accepted_payment_of_an_order_that_never_was_lacks_no_order() {
        found(FIRST, E1, "hmac k1");
        found(SECOND, E2, "hmac k1");
        index.order("o_1", false);
        var accepted = EntitlementEvent.newBuilder(event)
                .setDiscrepancy(DiscrepancyKind.UNKNOWN_ORDER)
                .build();
        assertThat(new EventCheck(index).missing(accepted)).isEmpty();
    }

    @Test
    void a_payment_without_a_state_or_without_facts_is_missing() {
        var empty = new EvidenceIndex();
        empty.need(event);
        empty.order("o_1", true);
        empty.record(FIRST, new RawRecordSummary(E1, "", "hmac k1", null, 1, ""));
        assertThat(new EventCheck(empty).missing(event)).containsExactly("payment " + PI + " has no state");
        empty.payment(PI, new long[] {});
        assertThat(new EventCheck(empty).missing(event))
                .containsExactly("the state of payment " + PI + " has no facts");
    }

    private void found(Position position, String eventKey, String verifiedBy) {
        index.record(position, new RawRecordSummary(eventKey, "", verifiedBy, null, 1, ""));
    }

    private static EntitlementEvent event() {
        return EntitlementEvent.newBuilder()
                .setEventId("ada/premium//1")
                .setType(EntitlementEventType.GRANTED)
                .setSubject("ada")
                .setEntitlement("premium")
                .setRevision(1)
                .setStatus(EntitlementStatus.ACTIVE)
                .setReason(AccessReason.PAID)
                .setPaymentKey(PI)
                .setOrder("o_1")
                .setTest(false)
                .setCause(new Cause(E1, FIRST.topic(), FIRST.partition(), FIRST.offset(), false))
                .setPolicyVersion("1")
                .setDecidedAt(Instant.EPOCH)
                .build();
    }
}
