package ipn.projector;

import ipn.avro.Bill;
import ipn.avro.Link;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Payment states as the processor publishes them. */
final class Payments {
    private Payments() {}

    static PaymentState.Builder payment(String id) {
        return PaymentState.newBuilder()
                .setPaymentKey(key(id))
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus("UNKNOWN")
                .setDisputeStatus("NONE")
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of());
    }

    static PaymentState.Builder captured(String id, Instant at, long amount, long refunded) {
        var totals = new Totals("USD", 0L, amount, refunded, 0L, 0L, 0L);
        return payment(id).setStatus("COMPLETED").setCapturedAt(at).setTotals(List.of(totals));
    }

    static PaymentState.Builder invoice(String id, String status, long paid, Instant from, Instant until) {
        var bill = Bill.newBuilder()
                .setStatus(status)
                .setSubscription(key("sub_1"))
                .setPaid(paid)
                .setCurrency("USD")
                .setFrom(from)
                .setUntil(until)
                .setAt(from)
                .build();
        return payment(id).setBill(bill).setReferences(Map.of("subject", "u_42", "product", "premium"));
    }

    /** One of several bills under the key of their subscription, as app stores keep them. */
    static Bill.Builder renewal(String id, Instant from, Instant until) {
        return Bill.newBuilder()
                .setId(id)
                .setStatus("PAID")
                .setSubscription(key("sub_1"))
                .setPaid(800)
                .setCurrency("USD")
                .setFrom(from)
                .setUntil(until)
                .setAt(from);
    }

    static PaymentState.Builder renewals(Bill.Builder... bills) {
        var built = Stream.of(bills).map(Bill.Builder::build).toList();
        return payment("sub_1")
                .setBill(built.get(built.size() - 1))
                .setBills(built)
                .setReferences(Map.of("subject", "u_42", "product", "premium"));
    }

    static PaymentState.Builder subscription(String status, Instant at) {
        return payment("sub_1")
                .setSubscription(
                        Subscription.newBuilder().setStatus(status).setAt(at).build())
                .setReferences(Map.of("subject", "u_42", "product", "premium"));
    }

    static PaymentState.Builder settling(PaymentState.Builder payment, String target) {
        return payment.setLinks(List.of(new Link("SETTLES", key(target))));
    }

    static String key(String id) {
        return "stripe/main/" + id;
    }
}
