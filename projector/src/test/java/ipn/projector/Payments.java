package ipn.projector;

import ipn.avro.DisputeStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import ipn.avro.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Payment states as the processor publishes them. */
public final class Payments {
    private Payments() {}

    public static PaymentState.Builder payment(String id) {
        return PaymentState.newBuilder()
                .setPaymentKey(key(id))
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.UNKNOWN)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of());
    }

    public static PaymentState.Builder captured(String id, Instant at, long amount, long refunded) {
        var totals = new Totals("USD", 0L, amount, refunded, 0L, 0L, 0L);
        return payment(id).setStatus(PaymentStatus.COMPLETED).setCapturedAt(at).setTotals(List.of(totals));
    }

    public static PaymentState.Builder invoice(
            String id, InvoiceStatus status, long paid, Instant from, Instant until) {
        var invoice = Invoice.newBuilder()
                .setId(id)
                .setStatus(status)
                .setDisputeStatus(DisputeStatus.NONE)
                .setSubscription(key("sub_1"))
                .setPaid(paid)
                .setCurrency("USD")
                .setFrom(from)
                .setUntil(until)
                .setAt(from)
                .build();
        return payment(id).setInvoices(List.of(invoice)).setReferences(Map.of("subject", "u_42", "product", "premium"));
    }

    /** One of several invoices under the key of their subscription, as app stores keep them. */
    public static Invoice.Builder renewal(String id, Instant from, Instant until) {
        return Invoice.newBuilder()
                .setId(id)
                .setStatus(InvoiceStatus.PAID)
                .setDisputeStatus(DisputeStatus.NONE)
                .setSubscription(key("sub_1"))
                .setPaid(800)
                .setCurrency("USD")
                .setFrom(from)
                .setUntil(until)
                .setAt(from);
    }

    public static PaymentState.Builder renewals(Invoice.Builder... invoices) {
        var built = Stream.of(invoices).map(Invoice.Builder::build).toList();
        return payment("sub_1").setInvoices(built).setReferences(Map.of("subject", "u_42", "product", "premium"));
    }

    public static PaymentState.Builder subscription(SubscriptionStatus status, Instant at) {
        return payment("sub_1")
                .setSubscription(
                        Subscription.newBuilder().setStatus(status).setAt(at).build())
                .setReferences(Map.of("subject", "u_42", "product", "premium"));
    }

    public static PaymentState.Builder paying(PaymentState.Builder payment, String target) {
        return payment.setLinks(List.of(new Link(LinkKind.PAYS, key(target))));
    }

    public static String key(String id) {
        return "stripe/main/" + id;
    }
}
