package ipn.projector.order;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Allocation;
import ipn.avro.Cause;
import ipn.avro.DisputeStatus;
import ipn.avro.Payer;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.Totals;
import ipn.topics.ByteLimits;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Anybody can pay one cent for an order that is not theirs. */
class PayersTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");

    @Test
    void a_thousand_payments_of_one_cent_never_push_out_the_full_one_whatever_their_order() {
        var messages = new ArrayList<Allocation>();
        IntStream.range(0, 1_000).forEach(i -> messages.add(payment("cent_" + i, 1, NOON.plusSeconds(i), "")));
        messages.add(payment("full", 2_500, NOON.plusSeconds(500), ""));
        for (var seed = 0; seed < 3; seed++) {
            Collections.shuffle(messages, new Random(seed));
            Map<String, Payer> payers = Map.of();
            for (var message : messages) {
                payers = Payers.after(payers, message).payments();
            }
            assertThat(payers).as("seed %d", seed).containsKey("full").hasSize(Payers.MAX);
        }
    }

    @Test
    void large_payments_are_bounded_by_their_bytes() throws IOException {
        Map<String, Payer> payers = Map.of();
        var text = "x".repeat(100_000);
        for (var i = 0; i < 100; i++) {
            payers = Payers.after(payers, payment("large_" + i, 1, NOON.plusSeconds(i), text))
                    .payments();
        }
        payers = Payers.after(payers, payment("full", 2_500, NOON, "")).payments();
        var bytes = 0;
        for (var payer : payers.values()) {
            bytes += payer.toByteBuffer().remaining();
        }
        assertThat(payers).containsKey("full").hasSizeGreaterThan(10);
        assertThat(bytes).isLessThanOrEqualTo(ByteLimits.MESSAGE / 2);
    }

    @Test
    void of_equal_amounts_the_first_and_those_that_began_last_stay() {
        Map<String, Payer> payers = Map.of();
        for (var i = 0; i < Payers.MAX + 10; i++) {
            payers = Payers.after(payers, payment("week_" + i, 800, NOON.plusSeconds(i), ""))
                    .payments();
        }
        assertThat(payers)
                .hasSize(Payers.MAX)
                .containsKeys("week_0", "week_" + (Payers.MAX + 9))
                .doesNotContainKeys("week_1", "week_10");
    }

    private static Allocation payment(String key, long captured, Instant at, String text) {
        var totals = new Totals("USD", captured, captured, 0L, 0L, 0L, 0L);
        var state = PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of(totals))
                .setReferences(Map.of("note", text))
                .setFacts(List.of())
                .setEvents(List.of())
                .setCapturedAt(at)
                .build();
        return Allocation.newBuilder()
                .setTo("o_1")
                .setToOrder(true)
                .setFrom(key)
                .setLink(false)
                .setPayment(state)
                .setPaidBy(List.of())
                .setCause(new Cause("stripe/main/evt_" + key, "ipn.raw", 0, 1L, false))
                .build();
    }
}
