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
 * Payments of a Stripe account, and a report about them that is right but for differences, some nine in a thousand, written
 * down as they are planted.
 */
final class PlantedReport {
    static final String ACCOUNT = "main";

    private static final Instant FIRST = Instant.parse("2026-09-01T00:00:00Z");
    private static final long MONTH_SECONDS = 30L * 24 * 60 * 60;
    private static final DateTimeFormatter STRIPE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int EVERY = 1_000;
    private static final int REFUNDED_EVERY = 10;
    private static final int TWICE_WRITTEN_EVERY = 100;

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

    /** What must be found: class, and id, or number of the line where it has none. */
    Set<String> planted() {
        return planted;
    }

    long lines() {
        return line - 1;
    }

    void write() throws IOException {
        csv.write("balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,charge_id,"
                + "payment_intent_id,description\n");
        for (var i = 0; i < payments; i++) {
            payment(i);
        }
    }

    private void payment(int i) throws IOException {
        var pi = "pi_3Bench%016d".formatted(i);
        var at = FIRST.plusSeconds(MONTH_SECONDS * i / payments);
        long amount = 100L + i % 9_973;
        var facts = new ArrayList<FactRow>();
        switch (i % EVERY) {
            case 101 -> {
                charge(pi, at, amount, "usd", "charge");
                planted.add("MISSING_HERE " + pi);
                return;
            }
            case 202 -> {
                facts.add(fact(FactKind.CAPTURED, pi, at, amount, "USD", null));
                planted.add("MISSING_THERE " + pi);
            }
            case 303 -> {
                facts.add(fact(FactKind.CAPTURED, pi, at, amount + 1, "USD", null));
                charge(pi, at, amount, "usd", "charge");
                planted.add("AMOUNT_DIFFERS " + pi);
            }
            case 404 -> {
                facts.add(fact(FactKind.CAPTURED, pi, at, amount, "EUR", null));
                charge(pi, at, amount, "usd", "charge");
                planted.add("CURRENCY_DIFFERS " + pi);
            }
            case 505 -> {
                facts.add(fact(FactKind.CAPTURED, pi, at, amount, "USD", null));
                charge(pi, at, amount, "usd", "charge");
                line("txn_ch_" + pi, at, "usd", money(amount), "charge", "ch_" + pi, pi);
                planted.add("DUPLICATE_LINE " + pi);
            }
            case 606 -> {
                line("txn_" + pi, at, "usd", "twelve", "charge", "ch_" + pi, pi);
                planted.add("UNREADABLE_LINE " + line);
            }
            case 707 -> {
                line("txn_" + pi, at, "usd", money(amount), "levy", "ch_" + pi, pi);
                planted.add("UNKNOWN_TYPE " + line);
            }
            default -> {
                facts.add(fact(FactKind.CAPTURED, pi, at, amount, "USD", null));
                charge(pi, at, amount, "usd", "charge");
                refunds(i, pi, at, amount, facts);
            }
        }
        if (i % TWICE_WRITTEN_EVERY == 0) {
            states.accept(state(pi, List.of(fact(FactKind.CAPTURED, pi, at, amount + 7, "USD", null)), at));
        }
        states.accept(state(pi, facts, at));
    }

    private void refunds(int i, String pi, Instant at, long amount, List<FactRow> facts) throws IOException {
        if (i % REFUNDED_EVERY != 0) {
            return;
        }
        var re = "re_3Bench%016d".formatted(i);
        var known = i % EVERY != 810;
        var reported = i % EVERY != 910;
        if (known) {
            facts.add(fact(FactKind.REFUND, re, at, amount, "USD", "SUCCEEDED"));
        }
        if (reported) {
            line("txn_" + re, at, "usd", "-" + money(amount), "refund", re, pi);
        }
        if (!known || !reported) {
            planted.add((known ? "MISSING_THERE " : "MISSING_HERE ") + re);
        }
    }

    private void charge(String pi, Instant at, long amount, String currency, String type) throws IOException {
        line("txn_ch_" + pi, at, currency, money(amount), type, "ch_" + pi, pi);
    }

    private void line(String id, Instant at, String currency, String gross, String type, String source, String pi)
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
                "ch_" + pi,
                pi,
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

    /** As large as states are: with the attempt, the buyer's words and the events that told of it all. */
    private static PaymentState state(String pi, List<FactRow> money, Instant at) {
        var facts = new ArrayList<>(money);
        facts.add(fact(FactKind.ATTEMPT, pi, at, null, null, "PENDING"));
        for (var word : List.of("order", "product", "subject")) {
            facts.add(FactRow.newBuilder(fact(FactKind.REFERENCE, word, at, null, null, null))
                    .setText(word + "_of_" + pi)
                    .build());
        }
        return PaymentState.newBuilder()
                .setPaymentKey("stripe/" + ACCOUNT + "/" + pi)
                .setGateway("stripe")
                .setAccount(ACCOUNT)
                .setLive(false)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of("order", "order_of_" + pi, "subject", "subject_of_" + pi))
                .setFacts(facts)
                .setEvents(List.of(
                        new SeenEvent("stripe/main/evt_a" + pi, at, "payment_intent.created 2500 USD"),
                        new SeenEvent("stripe/main/evt_b" + pi, at, "payment_intent.succeeded 2500 USD"),
                        new SeenEvent("stripe/main/evt_c" + pi, at, "charge.succeeded 2500 USD")))
                .build();
    }
}
