package ipn.query.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.polling.Polling;
import ipn.query.ReadModel;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metrics of what is open, from the real database. */
@Timeout(60)
class OpenCasesIT {
    private static final String PLACE = "0, 0, now()";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ReadModel model;

    @BeforeEach
    void create() throws SQLException {
        model = ReadModel.create(OpenCasesIT.class);
        model.database().migrate();
        payment("stripe/main/pi_1", true, 800);
        payment("stripe/main/pi_2", false, 5_000);
        letter("d_1", "MALFORMED", "stripe/main/pi_1", "2 hours");
        letter("d_2", "MALFORMED", "stripe/main/pi_1", "26 hours");
        letter("d_3", "MALFORMED", "stripe/main/pi_2", "1 hour");
        letter("d_4", "UNKNOWN_TYPE", "nobody knows it", "1 hour");
        discrepancy("AMOUNT/1", "OPEN", "stripe/main/pi_1");
        discrepancy("AMOUNT/2", "CLOSED", "stripe/main/pi_2");
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void shows_how_many_wait_since_when_and_the_money_of_live_payments() throws SQLException {
        try (var cases = OpenCases.start(model.database(), meters, Duration.ofMillis(20))) {
            model.execute("UPDATE progress SET as_of = now()");
            await("ipn.dead.letters.open", "reason", "MALFORMED", number -> number == 3);
            await("ipn.dead.letters.open", "reason", "UNKNOWN_TYPE", number -> number == 1);
            await(
                    "ipn.dead.letters.open.oldest.seconds",
                    "reason",
                    "MALFORMED",
                    age -> age > 25 * 3600 && age < 27 * 3600);
            await("ipn.dead.letters.open.amount", "reason", "MALFORMED", amount -> amount == 800);
            await("ipn.discrepancies.open", "kind", "AMOUNT", number -> number == 1);
            await("ipn.discrepancies.open.amount", "kind", "AMOUNT", amount -> amount == 800);

            status("d_1");
            status("d_2");
            status("d_3");
            await("ipn.dead.letters.open", "reason", "MALFORMED", number -> number == 0);
            await("ipn.dead.letters.open.oldest.seconds", "reason", "MALFORMED", age -> age == 0);

            model.execute("UPDATE progress SET as_of = NULL");
            await("ipn.dead.letters.open", "reason", "UNKNOWN_TYPE", Double::isNaN);
        }
    }

    @Test
    void shows_nothing_while_the_tables_are_built() {
        try (var cases = OpenCases.start(model.database(), meters, Duration.ofMillis(20))) {
            assertThat(Polling.upTo(Duration.ofMillis(300))
                            .until(() -> meters.find("ipn.dead.letters.open").gauge() != null))
                    .isFalse();
        }
    }

    @Test
    void counts_entitlements_by_product_and_status() throws SQLException {
        entitlement("u_1", "premium", "ACTIVE");
        entitlement("u_2", "premium", "ACTIVE");
        entitlement("u_3", "premium", "GRACE");
        entitlement("u_4", "no longer sold", "ACTIVE");
        entitlement("u_5", "premium", "ACTIVE");
        model.execute("UPDATE entitlements SET test = true WHERE subject = 'u_5'");
        try (var counts = EntitlementCounts.start(
                model.database(), Set.of("premium", "promotion"), meters, Duration.ofMillis(20))) {
            model.execute("UPDATE progress SET as_of = now()");
            await("ipn.entitlements", "product", "other", number -> number == 1);
            assertThat(meters.get("ipn.entitlements")
                            .tags("product", "premium", "status", "ACTIVE")
                            .gauge()
                            .value())
                    .isEqualTo(2);
            model.execute("UPDATE entitlements SET status = 'ENDED' WHERE product = 'no longer sold'");
            await("ipn.entitlements", "status", "ENDED", number -> number == 1);
            assertThat(meters.get("ipn.entitlements")
                            .tags("product", "other", "status", "ACTIVE")
                            .gauge()
                            .value())
                    .isZero();
            model.execute("UPDATE progress SET as_of = NULL");
            await("ipn.entitlements", "status", "ENDED", Double::isNaN);
        }
    }

    private void entitlement(String subject, String product, String status) throws SQLException {
        model.execute("""
                INSERT INTO entitlements (entitlement_key, subject, entitlement, revision, type, status, reason, product, test,
                    cause_event_key, cause_topic, cause_partition, cause_offset, cause_by_clock, policy_version, decided_at,
                    record_partition, record_offset, recorded_at)
                VALUES ('%s', '%s', 'premium', 1, 'GRANTED', '%s', 'PAID', '%s', false, 'e', 't', 0, 0, false, 'v', now(), %s)""".formatted(subject, subject, status, product, PLACE));
    }

    private void await(String name, String label, String value, DoublePredicate expected) {
        var shown = Polling.upTo(Duration.ofSeconds(30)).until(() -> {
            var gauge = meters.find(name).tag(label, value).gauge();
            return gauge != null && expected.test(gauge.value());
        });
        assertThat(shown).as(name + " of " + value).isTrue();
    }

    private void payment(String key, boolean live, long amount) throws SQLException {
        model.execute("""
                INSERT INTO payments (payment_key, gateway, account, live, shadow, status, dispute_status, fraud_flagged, currency, amount,
                    started_at, totals, invoices, refs, skus, links, payer_words, facts, events, ids,
                    record_partition, record_offset, recorded_at)
                VALUES ('%s', 'stripe', 'main', %s, false, 'COMPLETED', 'NONE', false, 'USD', %d,
                    now(), '[]', '[]', '{}', '[]', '[]', '{}', '[]', '[]', '{}', %s)""".formatted(key, live, amount, PLACE));
    }

    private void letter(String id, String reason, String key, String age) throws SQLException {
        model.execute("""
                INSERT INTO dead_letters (dead_letter_id, record_key, reason, attempts, words, first_failed_at, last_failed_at,
                    record_partition, record_offset, recorded_at)
                VALUES ('%s', '%s', '%s', 1, '{}', now() - interval '%s', now(), %s)""".formatted(id, key, reason, age, PLACE));
    }

    private void status(String id) throws SQLException {
        model.execute("INSERT INTO dead_letter_statuses VALUES ('%s', 'DISCARDED', 1, NULL, 'ana', 'a test', now(), %s)"
                .formatted(id, PLACE));
    }

    private void discrepancy(String id, String state, String key) throws SQLException {
        model.execute("""
                INSERT INTO discrepancies (discrepancy_id, state, kind, payment_key, cause_event_key, cause_topic, cause_partition,
                    cause_offset, cause_by_clock, policy_version, at, record_partition, record_offset, recorded_at)
                VALUES ('%s', '%s', 'AMOUNT', '%s', 'e', 't', 0, 0, false, 'v', now(), %s)""".formatted(id, state, key, PLACE));
    }
}
