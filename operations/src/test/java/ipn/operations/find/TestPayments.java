package ipn.operations.find;

import ipn.avro.DisputeStatus;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.Totals;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Payment states with facts in USD. */
final class TestPayments {
    private TestPayments() {}

    static PaymentState.Builder payment(String key, Map<String, String> references, FactRow... facts) {
        var captured = Arrays.stream(facts)
                .filter(fact -> fact.getKind() == FactKind.CAPTURED)
                .mapToLong(FactRow::getAmount)
                .sum();
        return PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway(key.split("/")[0])
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(captured == 0 ? List.of() : List.of(new Totals("USD", 0L, captured, 0L, 0L, 0L, 0L)))
                .setReferences(references)
                .setFacts(List.of(facts))
                .setEvents(List.of());
    }

    static FactRow fact(FactKind kind, String id, long amount, Instant at) {
        return FactRow.newBuilder()
                .setKind(kind)
                .setId(id)
                .setOccurredAt(at)
                .setFirstAt(at)
                .setSequence(0)
                .setEventKey("stripe/main/evt_of_" + id)
                .setAmount(amount)
                .setCurrency("USD")
                .build();
    }
}
