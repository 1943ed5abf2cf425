package ipn.app.explain;

import static ipn.app.explain.Case.captured;
import static ipn.app.explain.Case.day;
import static ipn.app.explain.Case.fact;
import static ipn.app.explain.Case.pays;

import ipn.avro.AccessReason;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.FactKind;
import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentStatus;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The questions that support is asked most. */
final class Cases {
    private static final String PI = "stripe/main/pi_1";
    private static final String IN = "stripe/main/in_1";
    private static final String SUB = "stripe/main/sub_1";
    private static final String E1 = "stripe/main/evt_1";
    private static final String E2 = "stripe/main/evt_2";
    private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");

    private Cases() {}

    static Map<String, Supplier<Case>> all() {
        var all = new LinkedHashMap<String, Supplier<Case>>();
        all.put("active-by-one-payment", Cases::activeByOnePayment);
        all.put("grace", Cases::grace);
        all.put("suspended-by-dispute", Cases::suspendedByDispute);
        all.put("refunded", Cases::refunded);
        all.put("underpaid", Cases::underpaid);
        all.put("two-gateways", Cases::twoGateways);
        all.put("unknown", Case::new);
        return all;
    }

    /** An invoice claims; the money came by a payment that pays it. */
    static Case activeByOnePayment() {
        return new Case()
                .payment(
                        IN,
                        state -> state.setStatus(PaymentStatus.UNKNOWN).setInvoices(List.of(invoice(IN, null))),
                        fact(FactKind.INVOICE, "in_1", E1, day(1), 800))
                .payment(
                        PI,
                        captured(PaymentStatus.COMPLETED, 800, 0)
                                .andThen(state -> state.setReferences(Map.of()).setLinks(List.of(pays(IN)))),
                        fact(FactKind.CAPTURED, "ch_1", E2, day(1), 800))
                .order("o_1", 800, "premium")
                .claim(IN, ClaimStatus.PAID, day(1), END, claim -> claim.setOrder("o_1"))
                .event(
                        EntitlementEventType.GRANTED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        IN,
                        E1,
                        day(1),
                        event -> event.setOrder("o_1"));
    }

    static Case grace() {
        return new Case()
                .payment(
                        SUB,
                        state -> state.setStatus(PaymentStatus.UNKNOWN)
                                .setSubscription(Subscription.newBuilder()
                                        .setStatus(SubscriptionStatus.PAST_DUE)
                                        .setAt(day(15))
                                        .build()),
                        fact(FactKind.SUBSCRIPTION, "sub_1", E2, day(15), 0))
                .payment(
                        IN,
                        state -> state.setStatus(PaymentStatus.UNKNOWN).setInvoices(List.of(invoice(IN, SUB))),
                        fact(FactKind.INVOICE, "in_1", E1, day(1), 800))
                .claim(IN, ClaimStatus.PAID, day(1), day(15), claim -> claim.setSubscription(SUB))
                .claim(
                        SUB,
                        ClaimStatus.PAST_DUE,
                        day(15),
                        null,
                        claim -> claim.setKind(ClaimKind.SUBSCRIPTION)
                                .setSubscription(SUB)
                                .setAmount(null))
                .event(
                        EntitlementEventType.GRANTED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        IN,
                        E1,
                        day(1),
                        event -> event.setUntil(day(15)))
                .event(
                        EntitlementEventType.GRACE_STARTED,
                        EntitlementStatus.GRACE,
                        AccessReason.PAYMENT_FAILED,
                        IN,
                        E2,
                        day(15),
                        event -> event.setUntil(day(15)).setGraceUntil(day(22)));
    }

    static Case suspendedByDispute() {
        return new Case()
                .payment(
                        PI,
                        captured(PaymentStatus.COMPLETED, 800, 0)
                                .andThen(state -> state.setDisputeStatus(DisputeStatus.OPEN)),
                        fact(FactKind.CAPTURED, "ch_1", E1, day(1), 800),
                        fact(FactKind.DISPUTE, "dp_1", E2, day(9), 800))
                .claim(PI, ClaimStatus.DISPUTED, day(1), END, claim -> {})
                .event(EntitlementEventType.GRANTED, EntitlementStatus.ACTIVE, AccessReason.PAID, PI, E1, day(1))
                .event(
                        EntitlementEventType.SUSPENDED,
                        EntitlementStatus.SUSPENDED,
                        AccessReason.DISPUTED,
                        PI,
                        E2,
                        day(9));
    }

    static Case refunded() {
        return new Case()
                .payment(
                        PI,
                        captured(PaymentStatus.REFUNDED, 800, 800),
                        fact(FactKind.CAPTURED, "ch_1", E1, day(1), 800),
                        fact(FactKind.REFUND, "re_1", E2, day(5), 800))
                .claim(PI, ClaimStatus.REFUNDED, day(1), END, claim -> claim.setRefunded(800))
                .event(EntitlementEventType.GRANTED, EntitlementStatus.ACTIVE, AccessReason.PAID, PI, E1, day(1))
                .event(
                        EntitlementEventType.REVOKED,
                        EntitlementStatus.ENDED,
                        AccessReason.REFUNDED,
                        PI,
                        E2,
                        day(5),
                        event -> event.setUntil(day(5)));
    }

    static Case underpaid() {
        return new Case()
                .payment(
                        PI,
                        captured(PaymentStatus.COMPLETED, 100, 0)
                                .andThen(state -> state.setReferences(Map.of("subject", "ada", "order", "o_1"))),
                        fact(FactKind.CAPTURED, "ch_1", E1, day(2), 100))
                .order("o_1", 2500, "promoted-post")
                .discrepancy(DiscrepancyKind.UNDERPAID, PI, "o_1", "25.00 USD", "1.00 USD", E1);
    }

    static Case twoGateways() {
        var apple = "apple/main/2000000001";
        return new Case()
                .payment(
                        PI, captured(PaymentStatus.COMPLETED, 800, 0), fact(FactKind.CAPTURED, "ch_1", E1, day(1), 800))
                .payment(
                        apple,
                        captured(PaymentStatus.REFUNDED, 900, 900),
                        fact(FactKind.CAPTURED, "2000000001", "apple/main/n_1", day(2), 900),
                        fact(FactKind.REFUND, "2000000001", "apple/main/n_2", day(3), 900))
                .claim(PI, ClaimStatus.PAID, day(1), END, claim -> {})
                .claim(
                        apple,
                        ClaimStatus.REFUNDED,
                        day(2),
                        END.plusSeconds(86_400),
                        claim -> claim.setRefunded(900).setAmount(900L))
                .event(EntitlementEventType.GRANTED, EntitlementStatus.ACTIVE, AccessReason.PAID, PI, E1, day(1))
                .event(
                        EntitlementEventType.EXTENDED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        apple,
                        "apple/main/n_1",
                        day(2),
                        event -> event.setUntil(END.plusSeconds(86_400)))
                .event(
                        EntitlementEventType.REDUCED,
                        EntitlementStatus.ACTIVE,
                        AccessReason.PAID,
                        PI,
                        "apple/main/n_2",
                        day(3));
    }

    private static Invoice invoice(String id, String subscription) {
        return Invoice.newBuilder()
                .setId(id.substring(id.lastIndexOf('/') + 1))
                .setStatus(InvoiceStatus.PAID)
                .setDisputeStatus(DisputeStatus.NONE)
                .setSubscription(subscription)
                .setPaid(800)
                .setCurrency("USD")
                .setFrom(day(1))
                .setUntil(subscription == null ? END : day(15))
                .setAt(day(1))
                .build();
    }
}
