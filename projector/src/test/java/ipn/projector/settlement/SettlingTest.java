package ipn.projector.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Bill;
import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.Link;
import ipn.avro.PaymentState;
import ipn.avro.SettledPayment;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Cause CAUSE = new Cause("apple/main/evt_1", "ipn.raw", 0, 0L, false);
    private static final String KEY = "apple/main/t_1";

    private final Settling settling =
            new Settling(new Assessor(new ProductCatalogue(Map.of(), true, "v1")), Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void a_payment_that_settles_another_keeps_its_bills_to_itself() {
        var own = payment().setLinks(List.of(new Link("SETTLES", "apple/main/t_2")));
        var step = settling.own(memory().build(), own.build(), CAUSE);
        assertThat(step.settlements())
                .singleElement()
                .satisfies(settlement ->
                        assertThat(settlement.getWorth().getBills()).isEmpty());
        assertThat(step.after().getOwn().getBills()).hasSize(1);
    }

    @Test
    void a_discrepancy_kept_from_when_a_key_could_have_only_one_stays_open_until_its_cause_goes_away() {
        var first = settling.own(memory().build(), payment().build(), CAUSE);
        assertThat(first.after().getDiscrepancy().getDiscrepancyId()).isEqualTo("NO_SUBJECT/" + KEY);
        var old = SettledPayment.newBuilder(first.after())
                .setDiscrepancies(List.of())
                .build();

        var again = settling.own(old, payment().build(), CAUSE);
        assertThat(again.discrepancies()).isEmpty();
        assertThat(again.after().getDiscrepancies()).containsExactly(old.getDiscrepancy());

        var other = settling.own(
                old, payment().setReferences(Map.of("subject", "u_42")).build(), CAUSE);
        assertThat(other.discrepancies())
                .extracting(Discrepancy::getKind, Discrepancy::getState)
                .containsExactly(tuple("NO_SUBJECT", "CLOSED"), tuple("NO_PRODUCT", "OPEN"));
    }

    private static SettledPayment.Builder memory() {
        return SettledPayment.newBuilder()
                .setSettledBy(Map.of())
                .setSettles(List.of())
                .setClaims(List.of());
    }

    private static PaymentState.Builder payment() {
        var bill = Bill.newBuilder()
                .setId("t_1")
                .setStatus("PAID")
                .setPaid(800)
                .setCurrency("USD")
                .setAt(NOON)
                .build();
        return PaymentState.newBuilder()
                .setPaymentKey(KEY)
                .setGateway("apple")
                .setAccount("main")
                .setLive(true)
                .setStatus("COMPLETED")
                .setDisputeStatus("NONE")
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setBill(bill)
                .setBills(List.of(bill))
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of());
    }
}
