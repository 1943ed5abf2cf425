package ipn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.query.ReadModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Questions about millions of payments, whose rows are made by the database itself: it chooses other plans than for thousands. The number is
 * {@code -Dquery.rows}.
 */
@Tag("long")
class ManyPaymentsIT {
    private static final int ROWS = Integer.getInteger("query.rows", 1_000_000);
    private static final int ASKED = 40;
    private static final Duration SLOWEST = Duration.ofMillis(500);

    private static final String PAYMENTS = """
            INSERT INTO ipn.payments (payment_key, gateway, account, live, shadow, status, dispute_status, fraud_flagged, subject, order_id,
                currency, amount, started_at, newest_at, totals, invoices, refs, skus, links, payer_words, facts, events, ids,
                record_partition, record_offset, recorded_at)
            SELECT 'stripe/main/pi_' || n, 'stripe', 'main', true, false, 'COMPLETED', 'NONE', false, 'u_' || n / 5, 'o_' || n,
                'USD', 100 + n %% 5000, at, at, '[]', '[]', '{}', '[]', '[]', '[]', jsonb_build_array(repeat(md5(n::text), 20)), '[]',
                ARRAY['charge:ch_' || n, 'event:evt_' || n, 'order:o_' || n, 'word:w' || n %% 100000, 'word:premium',
                    'email:' || encode(sha256(n::text::bytea), 'hex')],
                n %% 8, n, at
            FROM (SELECT n, timestamptz '2026-01-01' + n * interval '1 second' AS at FROM generate_series(1, %d) AS n) numbers
            """;

    /** Parameters of {@code /v1/payments} and {@code /v1/search}; {@code #} is a number. */
    private static final List<List<String>> QUESTIONS = List.of(
            List.of("/v1/payments", "charge", "ch_#"),
            List.of("/v1/payments", "event", "stripe/main/evt_#"),
            List.of("/v1/payments", "order", "o_#"),
            List.of("/v1/search", "user", "u_#"),
            List.of("/v1/search", "email", "%064d"),
            List.of("/v1/search", "text", "w#"),
            List.of("/v1/search", "amount", "%d"),
            List.of("/v1/search", "status", "COMPLETED"),
            List.of("/v1/search", "from", "2026-01-10T00:00:00Z"));

    @Test
    void a_list_is_found_in_milliseconds_whether_there_is_such_a_payment_or_not() throws Exception {
        try (var model = ReadModel.create(ManyPaymentsIT.class)) {
            model.database().createTables();
            try (var writer = model.database().writer();
                    var statement = writer.createStatement()) {
                statement.execute(PAYMENTS.formatted(ROWS));
            }
            model.database().migrate();
            var slow = new ArrayList<String>();
            try (var connection = model.database().read()) {
                for (var question : QUESTIONS) {
                    var found = median(connection, question, 1, ROWS / 5);
                    var absent = median(connection, question, ROWS + 1, ROWS);
                    System.out.printf(
                            "%-22s found %.1f ms, absent %.1f ms%n",
                            question.get(0) + " " + question.get(1), found / 1e6, absent / 1e6);
                    if (Math.max(found, absent) > SLOWEST.toNanos()) {
                        slow.add(question.toString());
                    }
                }
            }
            assertThat(slow).isEmpty();
        }
    }

    private static long median(Connection connection, List<String> question, int from, int span) throws SQLException {
        var listing = Listings.named(question.get(0)).orElseThrow();
        var nanos = new ArrayList<Long>();
        for (var i = 0; i < ASKED; i++) {
            var number = from + (int) ((long) i * 7_919 * 31 % span);
            var value = question.get(2).replace("#", Integer.toString(number));
            value = value.contains("%") ? value.formatted(number) : value;
            var startedAt = System.nanoTime();
            new ListQuestion(listing, Map.of(question.get(1), value))
                    .answer(new Sql(connection), new ObjectMapper().createObjectNode());
            nanos.add(System.nanoTime() - startedAt);
        }
        Collections.sort(nanos);
        return nanos.get(ASKED / 2);
    }
}
