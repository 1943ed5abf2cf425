package ipn.bench.reconcile;

import ipn.avro.DisputeStatus;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.SeenEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes payments of a Stripe account and a report about them. Nine of a thousand payments differ from the report; these planted
 * differences are recorded.
 */
final class PlantedReport {
    static final String ACCOUNT = "main";

    private static final Instant FIRST = Instant.parse("2026-09-01T00:00:00Z");
    private static final long MONTH_SECONDS = 30L * 24 * 60 * 60;
    private static final DateTimeFormatter STRIPE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int EVERY = 1_000;
    private static final int REFUNDED_EVERY = 10;
    private static final int REWRITTEN_EVERY = 100;

    private final int payments;
    private final BufferedWriter csv;
    private final Consumer<PaymentState> states;
    private final Set<String> planted = new HashSet<>();
    private long line = 1;

    PlantedReport(int payments, BufferedWriter csv, Consumer<PaymentState> states) {
        this.payments = payments;
        this.csv = csv;
        this.states = states;
    }

    /** The planted differences: the class, and the id or, without an id, the number of the line. */
    Set<String> planted() {
        return planted;
    }

    /** The number of lines of the report, without the header. */
    long lines() {
        return line - 1;
    }

    /** Writes all payments and the report. */
    void write() throws IOException {
        csv.write("balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,charge_id,"
                + "payment_intent_id,description\n");
        for (var i = 0; i < payments; i++) {
            payment(i);
        }
    }

    private void payment(int i) throws IOException {
        var paymentId = "pi_3Bench%016d".formatted(i);
        var at = FIRST.plusSeconds(MONTH_SECONDS * i / payments);
        long amount = 100L + i % 9_973;
        var facts = new ArrayList<FactRow>();
        switch (i % EVERY) {
            case 101 -> {
                charge(paymentId, at, amount, "usd", "charge");
                planted.add("MISSING_HERE " + paymentId);
                return;
            }
            case 202 -> {
                facts.add(fact(FactKind.CAPTURED, paymentId, at, amount, "USD", null));
                planted.add("MISSING_THERE " + paymentId);
            }
            case 303 -> {
                facts.add(fact(FactKind.CAPTURED, paymentId, at, amount + 1, "USD", null));
                charge(paymentId, at, amount, "usd", "charge");
                planted.add("AMOUNT_DIFFERS " + paymentId);
            }
            case 404 -> {
                facts.add(fact(FactKind.CAPTURED, paymentId, at, amount, "EUR", null));
                charge(paymentId, at, amount, "usd", "charge");
                planted.add("CURRENCY_DIFFERS " + paymentId);
            }
            case 505 -> {
                facts.add(fact(FactKind.CAPTURED, paymentId, at, amount, "USD", null));
                charge(paymentId, at, amount, "usd", "charge");
                line("txn_ch_" + paymentId, at, "usd", money(amount), "charge", "ch_" + paymentId, paymentId);
                planted.add("DUPLICATE_LINE " + paymentId);
            }
            case 606 -> {
                line("txn_" + paymentId, at, "usd", "twelve", "charge", "ch_" + paymentId, paymentId);
                planted.add("UNREADABLE_LINE " + line);
            }
            case 707 -> {
                line("txn_" + paymentId, at, "usd", money(amount), "no_such_category", "ch_" + paymentId, paymentId);
                planted.add("UNKNOWN_TYPE " + line);
            }
            default -> {
                facts.add(fact(FactKind.CAPTURED, paymentId, at, amount, "USD", null));
                charge(paymentId, at, amount, "usd", "charge");
                refunds(i, paymentId, at, amount, facts);
            }
        }
        if (i % REWRITTEN_EVERY == 0) {
            states.accept(
                    state(paymentId, List.of(fact(FactKind.CAPTURED, paymentId, at, amount + 7, "USD", null)), at));
        }
        states.accept(state(paymentId, facts, at));
    }

    private void refunds(int i, String paymentId, Instant at, long amount, List<FactRow> facts) throws IOException {
        if (i % REFUNDED_EVERY != 0) {
            return;
        }
        var refundId = "re_3Bench%016d".formatted(i);
        var known = i % EVERY != 810;
        var reported = i % EVERY != 910;
        if (known) {
            facts.add(fact(FactKind.REFUND, refundId, at, amount, "USD", "SUCCEEDED"));
        }
        if (reported) {
            line("txn_" + refundId, at, "usd", "-" + money(amount), "refund", refundId, paymentId);
        }
        if (!known || !reported) {
            planted.add((known ? "MISSING_THERE " : "MISSING_HERE ") + refundId);
        }
    }

    private void charge(String paymentId, Instant at, long amount, String currency, String type) throws IOException {
        line("txn_ch_" + paymentId, at, currency, money(amount), type, "ch_" + paymentId, paymentId);
    }

    private void line(
            String id, Instant at, String currency, String gross, String type, String source, String paymentId)
            throws IOException {
        line++;
        csv.write(String.join(
                ",",
                id,
                STRIPE_TIME.format(at),
                currency,
                gross,
                "0.30",
                gross,
                type,
                source,
                "ch_" + paymentId,
                paymentId,
                "\"Promoted post, \"\"spring\"\"\""));
        csv.write('\n');
    }

    private static String money(long minorUnits) {
        return "%d.%02d".formatted(minorUnits / 100, minorUnits % 100);
    }

    private static FactRow fact(
            FactKind kind,
            String id,
            Instant at,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String status) {
        return FactRow.newBuilder()
                .setKind(kind)
                .setId(id)
                .setOccurredAt(at)
                .setSequence(0)
                .setEventKey("stripe/main/evt_" + id)
                .setFirstAt(at)
                .setAmount(amount)
                .setCurrency(currency)
                .setStatus(status)
                .build();
    }

    /** A payment state of realistic size: with an attempt, references and events. */
    private static PaymentState state(String paymentId, List<FactRow> money, Instant at) {
        var facts = new ArrayList<>(money);
        facts.add(fact(FactKind.ATTEMPT, paymentId, at, null, null, "PENDING"));
        for (var name : List.of("order", "product", "subject")) {
            facts.add(FactRow.newBuilder(fact(FactKind.REFERENCE, name, at, null, null, null))
                    .setText(name + "_of_" + paymentId)
                    .build());
        }
        return PaymentState.newBuilder()
                .setPaymentKey("stripe/" + ACCOUNT + "/" + paymentId)
                .setGateway("stripe")
                .setAccount(ACCOUNT)
                .setLive(false)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of("order", "order_of_" + paymentId, "subject", "subject_of_" + paymentId))
                .setFacts(facts)
                .setEvents(List.of(
                        new SeenEvent("stripe/main/evt_a" + paymentId, at, "payment_intent.created 2500 USD"),
                        new SeenEvent("stripe/main/evt_b" + paymentId, at, "payment_intent.succeeded 2500 USD"),
                        new SeenEvent("stripe/main/evt_c" + paymentId, at, "charge.succeeded 2500 USD")))
                .build();
    }
}
