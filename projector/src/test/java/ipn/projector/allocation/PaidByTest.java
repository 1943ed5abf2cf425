package ipn.projector.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DisputeStatus;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.Totals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Anybody can pay one cent for an invoice that is not theirs. */
class PaidByTest {
    @Test
    void a_thousand_payments_of_one_cent_never_push_out_the_full_one_and_their_order_does_not_matter() {
        var payments = new ArrayList<PaymentState>();
        IntStream.range(0, 1_000).forEach(i -> payments.add(payment("cent_" + i, 1, "")));
        payments.add(payment("full", 2_500, ""));
        var first = after(payments);

        assertThat(first).containsKey("full").hasSize(PaidBy.MAX);
        for (var seed = 0; seed < 3; seed++) {
            Collections.shuffle(payments, new Random(seed));
            assertThat(after(payments)).as("seed %d", seed).isEqualTo(first);
        }
    }

    @Test
    void large_payments_are_bounded_by_their_bytes() throws IOException {
        var payments = new ArrayList<PaymentState>();
        IntStream.range(0, 100).forEach(i -> payments.add(payment("large_" + i, 1, "x".repeat(100_000))));
        payments.add(payment("full", 2_500, ""));
        var kept = after(payments);

        var bytes = 0;
        for (var state : kept.values()) {
            bytes += state.toByteBuffer().remaining();
        }
        assertThat(kept).containsKey("full").hasSizeGreaterThan(10);
        assertThat(bytes).isLessThanOrEqualTo(MostMoney.BYTES_MAX);
    }

    private static Map<String, PaymentState> after(List<PaymentState> payments) {
        Map<String, PaymentState> paidBy = Map.of();
        for (var payment : payments) {
            paidBy = PaidBy.after(paidBy, payment.getPaymentKey(), payment).payments();
        }
        return paidBy;
    }

    private static PaymentState payment(String key, long captured, String text) {
        return PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of(new Totals("USD", captured, captured, 0L, 0L, 0L, 0L)))
                .setReferences(Map.of("note", text))
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
    }
}
