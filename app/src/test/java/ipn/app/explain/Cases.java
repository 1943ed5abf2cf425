package ipn.app.explain;

import static ipn.app.explain.Case.captured;
import static ipn.app.explain.Case.day;
import static ipn.app.explain.Case.fact;
import static ipn.app.explain.Case.settles;

import ipn.avro.Invoice;
import ipn.avro.Subscription;
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

    /** An invoice claims; the money came by a payment that says it settles it. */
    static Case activeByOnePayment() {
        return new Case()
                .payment(
                        IN,
                        state -> state.setStatus("UNKNOWN").setInvoice(bill(IN, null)),
                        fact("BILL", "in_1", E1, day(1), 800))
                .payment(
                        PI,
                        captured("COMPLETED", 800, 0)
                                .andThen(state -> state.setReferences(Map.of()).setLinks(List.of(settles(IN)))),
                        fact("CAPTURED", "ch_1", E2, day(1), 800))
                .order("o_1", 800, "premium")
                .claim(IN, "PAID", day(1), END, claim -> claim.setOrder("o_1"))
                .event("GRANTED", "ACTIVE", "PAID", IN, E1, day(1), event -> event.setOrder("o_1"));
    }

    static Case grace() {
        return new Case()
                .payment(
                        SUB,
                        state -> state.setStatus("UNKNOWN")
                                .setSubscription(Subscription.newBuilder()
                                        .setStatus("PAST_DUE")
                                        .setAt(day(15))
                                        .build()),
                        fact("SUBSCRIPTION", "sub_1", E2, day(15), 0))
                .payment(
                        IN,
                        state -> state.setStatus("UNKNOWN").setInvoice(bill(IN, SUB)),
                        fact("BILL", "in_1", E1, day(1), 800))
                .claim(IN, "PAID", day(1), day(15), claim -> claim.setSubscription(SUB))
                .claim(
                        SUB,
                        "PAST_DUE",
                        day(15),
                        null,
                        claim -> claim.setKind("SUBSCRIPTION")
                                .setSubscription(SUB)
                                .setAmount(null))
                .event("GRANTED", "ACTIVE", "PAID", IN, E1, day(1), event -> event.setUntil(day(15)))
                .event(
                        "GRACE_STARTED",
                        "GRACE",
                        "PAYMENT_FAILED",
                        IN,
                        E2,
                        day(15),
                        event -> event.setUntil(day(15)).setGraceUntil(day(22)));
    }

    static Case suspendedByDispute() {
        return new Case()
                .payment(
                        PI,
                        captured("COMPLETED", 800, 0).andThen(state -> state.setDisputeStatus("OPEN")),
                        fact("CAPTURED", "ch_1", E1, day(1), 800),
                        fact("DISPUTE", "dp_1", E2, day(9), 800))
                .claim(PI, "DISPUTED", day(1), END, claim -> {})
                .event("GRANTED", "ACTIVE", "PAID", PI, E1, day(1))
                .event("SUSPENDED", "SUSPENDED", "DISPUTED", PI, E2, day(9));
    }

    static Case refunded() {
        return new Case()
                .payment(
                        PI,
                        captured("REFUNDED", 800, 800),
                        fact("CAPTURED", "ch_1", E1, day(1), 800),
                        fact("REFUND", "re_1", E2, day(5), 800))
                .claim(PI, "REFUNDED", day(1), END, claim -> claim.setRefunded(800))
                .event("GRANTED", "ACTIVE", "PAID", PI, E1, day(1))
                .event("REVOKED", "ENDED", "REFUNDED", PI, E2, day(5), event -> event.setUntil(day(5)));
    }

    static Case underpaid() {
        return new Case()
                .payment(
                        PI,
                        captured("COMPLETED", 100, 0)
                                .andThen(state -> state.setReferences(Map.of("subject", "ada", "order", "o_1"))),
                        fact("CAPTURED", "ch_1", E1, day(2), 100))
                .order("o_1", 2500, "promoted-post")
                .discrepancy("UNDERPAID", PI, "o_1", "25.00 USD", "1.00 USD", E1);
    }

    static Case twoGateways() {
        var apple = "apple/main/2000000001";
        return new Case()
                .payment(PI, captured("COMPLETED", 800, 0), fact("CAPTURED", "ch_1", E1, day(1), 800))
                .payment(
                        apple,
                        captured("REFUNDED", 900, 900),
                        fact("CAPTURED", "2000000001", "apple/main/n_1", day(2), 900),
                        fact("REFUND", "2000000001", "apple/main/n_2", day(3), 900))
                .claim(PI, "PAID", day(1), END, claim -> {})
                .claim(
                        apple,
                        "REFUNDED",
                        day(2),
                        END.plusSeconds(86_400),
                        claim -> claim.setRefunded(900).setAmount(900L))
                .event("GRANTED", "ACTIVE", "PAID", PI, E1, day(1))
                .event(
                        "EXTENDED",
                        "ACTIVE",
                        "PAID",
                        apple,
                        "apple/main/n_1",
                        day(2),
                        event -> event.setUntil(END.plusSeconds(86_400)))
                .event("REDUCED", "ACTIVE", "PAID", PI, "apple/main/n_2", day(3));
    }

    private static Invoice bill(String id, String subscription) {
        return Invoice.newBuilder()
                .setId(id.substring(id.lastIndexOf('/') + 1))
                .setStatus("PAID")
                .setSubscription(subscription)
                .setPaid(800)
                .setCurrency("USD")
                .setFrom(day(1))
                .setUntil(subscription == null ? END : day(15))
                .setAt(day(1))
                .build();
    }
}
