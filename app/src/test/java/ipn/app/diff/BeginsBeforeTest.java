package ipn.app.diff;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.diff.ComparedSides.Mark;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.OrderAllocation;
import ipn.avro.OrderStatus;
import ipn.avro.Payer;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.SeenEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be compared, because an event of it was not run again, or of a payment that it depends on. */
class BeginsBeforeTest {
    private static final Cause CAUSE = new Cause("evt", "ipn.raw", 0, 0L, false);
    private static final Instant AT = Instant.parse("2026-09-01T12:00:00Z");

    private final ComparedSides sides = new ComparedSides();
    private final BeginsBefore before = new BeginsBefore(sides);

    @AfterEach
    void close() {
        sides.close();
    }

    @Test
    void a_payment_begins_before_if_one_of_its_events_was_not_run_again() {
        before.ran("pi_whole", "evt_1");
        before.ran("pi_whole", "evt_2");
        before.ran("pi_half", "evt_4");
        before.note(state("pi_whole", "evt_1", "evt_2"), false);
        before.note(state("pi_half", "evt_3", "evt_4"), false);
        assertThat(before.isKey("pi_whole")).isFalse();
        assertThat(before.isKey("pi_half")).isTrue();
    }

    @Test
    void what_changed_since_may_begin_before_and_does_not_count_as_such() {
        before.note(state("pi_1", "evt_1"), true);
        assertThat(before.isKey("pi_1")).isTrue();
        assertThat(sides.count(Mark.PAYMENT_BEFORE)).isZero();
    }

    @Test
    void an_event_of_another_payment_with_the_same_key_does_not_count() {
        before.ran("pi_1", "evt_1");
        before.note(state("pi_2", "evt_1"), false);
        assertThat(before.isKey("pi_2")).isTrue();
    }

    @Test
    void what_such_a_payment_pays_and_whom_it_gives_access_begin_before_too() {
        before.note(state("pi_old", "evt_old"), false);
        assertThat(before.note("in_1", paidBy("pi_old"))).isTrue();
        assertThat(before.note("in_1", paidBy("pi_old"))).as("known already").isFalse();
        assertThat(before.note("in_2", paidBy("pi_new"))).isFalse();
        before.note("o_1", order("in_1"));
        before.note("o_2", order("in_2"));
        before.note("u_1/premium", claims("in_1", null));
        before.note("u_2/premium", claims("pi_other", "o_1"));
        before.note("u_3/premium", claims("in_2", "o_2"));

        assertThat(before.isKey("in_1")).isTrue();
        assertThat(before.isKey("in_2")).isFalse();
        assertThat(before.isKey("o_1")).isTrue();
        assertThat(before.isKey("o_2")).isFalse();
        assertThat(Stream.of("u_1", "u_2", "u_3")
                        .filter(user -> sides.isMarked(Mark.ENTITLEMENT_BEFORE, user + "/premium")))
                .containsExactly("u_1", "u_2");
    }

    private static PaymentState state(String key, String... events) {
        return PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(Stream.of(events)
                        .map(event -> new SeenEvent(event, AT, "fingerprint"))
                        .toList())
                .build();
    }

    private static PaymentAllocation paidBy(String payer) {
        return PaymentAllocation.newBuilder()
                .setPaidBy(Map.of(payer, state(payer)))
                .setPays(List.of())
                .setClaims(List.of())
                .build();
    }

    private static OrderAllocation order(String payer) {
        return OrderAllocation.newBuilder()
                .setOrderId("o")
                .setPayers(Map.of(payer, new Payer(state(payer), List.of(), CAUSE)))
                .setStatus(OrderStatus.MATCHED)
                .setClaims(List.of())
                .setDiscrepancies(List.of())
                .build();
    }

    private static EntitlementClaims claims(String paymentKey, @Nullable String order) {
        var claim = Claim.newBuilder()
                .setClaimKey(paymentKey)
                .setPaymentKey(paymentKey)
                .setSubject("u")
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.ONCE)
                .setStatus(ClaimStatus.PAID)
                .setAt(AT)
                .setOrder(order)
                .setTest(false)
                .setCause(CAUSE)
                .build();
        return EntitlementClaims.newBuilder().setClaims(List.of(claim)).build();
    }
}
