package ipn.operations.reconcile.match;

import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.operations.reconcile.TestReports;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Payments and a Stripe report about them, alike but for differences that are written down. */
final class PlantedReport {
    private static final String HEADER =
            "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,payment_intent_id\n";

    final List<PaymentState> states = new ArrayList<>();
    final StringBuilder csv = new StringBuilder(HEADER);
    /** As {@code WHAT id}; of a line that cannot be read, its number. */
    final Set<String> expected = new HashSet<>();

    private final SplittableRandom random;
    private long lines = 1;

    PlantedReport(long seed, int payments) {
        random = new SplittableRandom(seed);
        line("charge", "ch_first", "pi_first", 100, "usd"); // the stretch that the report covers
        line("charge", "ch_last", "pi_last", 100, "usd", "2026-09-30 23:59:59");
        states.add(state("pi_first", 100, "USD"));
        states.add(state("pi_last", 100, "USD"));
        for (var i = 0; i < payments; i++) {
            payment("pi_" + i, "re_" + i);
        }
    }

    private void payment(String pi, String re) {
        var amount = 1 + random.nextInt(1_000_000);
        var refunded = random.nextInt(4) == 0;
        var rows = new ArrayList<FactRow>();
        switch (random.nextInt(12)) {
            case 0 -> { // only there
                line("charge", "ch", pi, amount, "usd");
                expected.add("MISSING_HERE " + pi);
            }
            case 1 -> { // only here
                rows.add(captured(pi, amount, "USD"));
                expected.add("MISSING_THERE " + pi);
            }
            case 2 -> {
                rows.add(captured(pi, amount, "USD"));
                line("charge", "ch", pi, amount + 1, "usd");
                expected.add("AMOUNT_DIFFERS " + pi);
            }
            case 3 -> {
                rows.add(captured(pi, amount, "EUR"));
                line("charge", "ch", pi, amount, "usd");
                expected.add("CURRENCY_DIFFERS " + pi);
            }
            case 4 -> {
                rows.add(captured(pi, amount, "USD"));
                line("charge", "ch", pi, amount, "usd");
                var last = csv.substring(csv.lastIndexOf("\n", csv.length() - 2) + 1);
                csv.append(last);
                lines++;
                expected.add("DUPLICATE_LINE " + pi);
            }
            case 5 -> {
                csv.append("txn,2026-09-10 12:00:00,usd\n");
                expected.add("UNREADABLE_LINE " + ++lines);
            }
            case 6 -> {
                line("levy", "x", pi, amount, "usd");
                expected.add("UNKNOWN_TYPE " + lines);
            }
            case 7 ->
                rows.add(TestReports.captured(pi, "2026-10-01T00:00:00Z", amount, "USD", null)); // after the report
            default -> {
                rows.add(captured(pi, amount, "USD"));
                line("charge", "ch", pi, amount, "usd");
                if (refunded) {
                    refund(pi, re, amount, rows);
                }
            }
        }
        if (!rows.isEmpty()) {
            states.add(TestReports.payment("stripe/main/" + pi, rows.toArray(FactRow[]::new)));
        }
    }

    private void refund(String pi, String re, int amount, List<FactRow> rows) {
        switch (random.nextInt(4)) {
            case 0 -> {
                line("refund", re, pi, -amount, "usd");
                expected.add("MISSING_HERE " + re);
            }
            case 1 -> {
                rows.add(TestReports.refund(re, "2026-09-10T12:00:00Z", amount, "USD", "SUCCEEDED"));
                expected.add("MISSING_THERE " + re);
            }
            default -> {
                rows.add(TestReports.refund(re, "2026-09-10T12:00:00Z", amount, "USD", "SUCCEEDED"));
                line("refund", re, pi, -amount, "usd");
            }
        }
    }

    private static PaymentState state(String pi, long amount, String currency) {
        return TestReports.payment("stripe/main/" + pi, captured(pi, amount, currency));
    }

    private static FactRow captured(String pi, long amount, String currency) {
        return TestReports.captured(pi, "2026-09-10T12:00:00Z", amount, currency, null);
    }

    private void line(String type, String source, String pi, long amount, String currency) {
        line(type, source, pi, amount, currency, "2026-09-0" + (1 + random.nextInt(9)) + " 12:00:00");
    }

    private void line(String type, String source, String pi, long amount, String currency, String at) {
        lines++;
        csv.append("txn_%d,%s,%s,%s%d.%02d,0.00,0.00,%s,%s,%s%n"
                .formatted(
                        lines,
                        at,
                        currency,
                        amount < 0 ? "-" : "",
                        Math.abs(amount) / 100,
                        Math.abs(amount) % 100,
                        type,
                        source,
                        pi));
    }
}
