package ipn.twin.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import ipn.twin.TwinSettings;
import ipn.twin.TwinSettings.Product;
import ipn.twin.gateway.PaymentFacts;
import ipn.twin.gateway.PaymentFacts.Dispute;
import ipn.twin.gateway.Purchase;
import ipn.twin.outbox.Outbox;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class EntitlementServiceIT {
    private static final TwinSettings SETTINGS = new TwinSettings(
            Map.of(),
            Map.of(
                    "promoted-post", new Product("promotion", true, Map.of("USD", 2500L)),
                    "premium", new Product("premium", false, Map.of("USD", 800L))));
    private static final Instant FIRST_MONTH = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant SECOND_MONTH = Instant.parse("2027-01-01T00:00:00Z");

    private static EmbeddedPostgres server;
    private static JdbcTemplate jdbc;
    private static TransactionTemplate transaction;
    private static EntitlementService service;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
        DataSource database = server.getPostgresDatabase();
        new ResourceDatabasePopulator(new ClassPathResource("schema.sql")).execute(database);
        jdbc = new JdbcTemplate(database);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        service = new EntitlementService(
                new PaymentTables(jdbc, new EntitlementKeys(SETTINGS)),
                new EntitlementTable(jdbc),
                new Outbox(jdbc, JsonMapper.shared(), event -> {}),
                SETTINGS);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void clear() {
        jdbc.execute("TRUNCATE received_event, payment, refund, entitlement, outbox");
    }

    private static void apply(PaymentEvent... events) {
        transaction.executeWithoutResult(status -> service.apply(List.of(events)));
    }

    private static PaymentEvent event(String id, PaymentFacts facts) {
        return new PaymentEvent(id, "stripe/main/pi_1", facts);
    }

    private static PaymentEvent captured(String id) {
        var purchase = new Purchase("u_1", "promoted-post", Optional.of("post-1"), "USD", Optional.empty());
        return event(id, PaymentFacts.captured(2500, Optional.of(purchase)));
    }

    private static PaymentEvent month(String payment, Instant until) {
        var purchase = new Purchase("u_1", "premium", Optional.empty(), "USD", Optional.of(until));
        return new PaymentEvent("e_" + payment, payment, PaymentFacts.captured(800, Optional.of(purchase)));
    }

    private static List<String> published() {
        var events = new ArrayList<String>();
        jdbc.query("SELECT event FROM outbox ORDER BY id", row -> {
            events.add(row.getString(1).replaceAll(".*\"status\":\"([A-Z]+)\".*\"revision\":([0-9]+).*", "$1 $2"));
        });
        return events;
    }

    @Test
    void a_purchase_grants_access() {
        apply(captured("e_1"));
        assertThat(published()).containsExactly("ACTIVE 1");
    }

    @Test
    void an_event_that_is_delivered_again_has_no_effect() {
        apply(captured("e_1"), captured("e_1"));
        apply(captured("e_1"));
        assertThat(published()).containsExactly("ACTIVE 1");
    }

    @Test
    void a_transaction_that_fails_leaves_nothing_and_its_events_are_applied_later() {
        transaction.executeWithoutResult(status -> {
            service.apply(List.of(captured("e_1")));
            status.setRollbackOnly();
        });
        assertThat(published()).isEmpty();
        apply(captured("e_1"));
        assertThat(published()).containsExactly("ACTIVE 1");
    }

    @Test
    void a_refund_before_its_capture_ends_access() {
        apply(event("e_2", PaymentFacts.refunded("re_1", 2500)));
        assertThat(published()).isEmpty();
        apply(captured("e_1"));
        assertThat(published()).containsExactly("ENDED 1");
    }

    @Test
    void two_refunds_of_a_half_end_access() {
        apply(captured("e_1"), event("e_2", PaymentFacts.refunded("re_1", 1250)));
        apply(event("e_3", PaymentFacts.refunded("re_2", 1250)));
        assertThat(published()).containsExactly("ACTIVE 1", "ENDED 2");
    }

    @Test
    void a_dispute_that_is_won_gives_access_back() {
        apply(captured("e_1"));
        apply(event("e_2", PaymentFacts.disputed(Dispute.OPEN)));
        apply(event("e_3", PaymentFacts.disputed(Dispute.WON)));
        assertThat(published()).containsExactly("ACTIVE 1", "SUSPENDED 2", "ACTIVE 3");
    }

    @Test
    void the_latest_paid_month_decides_in_any_sequence() {
        apply(month("stripe/main/in_2", SECOND_MONTH));
        apply(month("stripe/main/in_1", FIRST_MONTH));
        assertThat(published()).containsExactly("ACTIVE 1");
        assertThat(jdbc.queryForObject("SELECT event FROM outbox", String.class))
                .contains("2027-01-01T00:00:00Z");
    }
}
