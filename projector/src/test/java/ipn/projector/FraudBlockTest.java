package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.projector.access.FraudPolicy;
import ipn.projector.stream.EntitlementNode;
import ipn.projector.stream.EntitlementStore;
import ipn.projector.stream.FraudBlocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FraudBlockTest {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");

    @TempDir
    private Path folder;

    private Projection projection;

    @BeforeEach
    void start() {
        projection = new Projection(folder, new Safeguards(Brakes.settings(1_000), FraudPolicy.BLOCK));
    }

    @AfterEach
    void stop() {
        projection.close();
    }

    @Test
    void a_flag_suspends_all_that_its_subject_has_and_a_cleared_one_resumes_it() {
        projection.applied(post("u_1", 1, false)).applied(premium()).applied(post("u_42", 2, false));
        projection.events();

        projection.applied(post("u_42", 2, true));
        assertThat(projection.events())
                .extracting(
                        EntitlementEvent::getEntitlement,
                        EntitlementEvent::getType,
                        EntitlementEvent::getReason,
                        EntitlementEvent::getPaymentKey)
                .containsExactly(
                        tuple("promotion", EntitlementEventType.SUSPENDED, AccessReason.FRAUD_FLAGGED, key("pi_2")),
                        tuple("premium", EntitlementEventType.SUSPENDED, AccessReason.FRAUD_FLAGGED, key("pi_2")));

        projection.applied(post("u_42", 2, false));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getEntitlement, EntitlementEvent::getType)
                .containsExactly(
                        tuple("promotion", EntitlementEventType.RESUMED),
                        tuple("premium", EntitlementEventType.RESUMED));
    }

    @Test
    void what_is_bought_while_blocked_gives_nothing_until_all_flags_are_cleared() {
        projection.applied(post("u_42", 1, true)).applied(post("u_42", 2, true)).applied(premium());
        projection.applied(post("u_42", 1, false));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getStatus)
                .containsOnly(EntitlementStatus.SUSPENDED);
        projection.applied(post("u_42", 2, false));
        assertThat(endStates(projection))
                .containsOnlyKeys("u_42/premium", "u_42/promotion/post_1", "u_42/promotion/post_2");
        assertThat(endStates(projection).values()).containsOnly("ACTIVE");
    }

    @Test
    void a_period_that_runs_out_while_blocked_ends() {
        projection.applied(premium()).applied(post("u_42", 1, true));
        projection.events();
        projection.pass(Duration.between(NOON, OCTOBER.plus(Duration.ofDays(8))));
        assertThat(projection.events())
                .extracting(EntitlementEvent::getEntitlement, EntitlementEvent::getType)
                .containsExactly(tuple("premium", EntitlementEventType.EXPIRED));
    }

    @Test
    void many_entitlements_of_one_subject_are_looked_at_some_with_each_tick() {
        IntStream.rangeClosed(1, 130).forEach(number -> projection.applied(post("u_42", number, false)));
        projection.applied(post("u_42/other", 999, false));
        projection.events();
        projection.applied(post("u_42", 7, true));
        var atOnce = projection.events().size();
        assertThat(atOnce).isBetween(2, EntitlementNode.PER_TICK_MAX + 1);
        projection.pass(Duration.ofMillis(100)).pass(Duration.ofMillis(100));
        assertThat(projection.events())
                .hasSize(130 - atOnce)
                .extracting(EntitlementEvent::getType)
                .containsOnly(EntitlementEventType.SUSPENDED);
        assertThat(endStates(projection)).containsEntry("u_42%2Fother/promotion/post_999", "ACTIVE");
    }

    @Test
    void a_block_is_a_suspension_that_the_brake_looks_at() {
        try (var braked = new Projection(folder, new Safeguards(Brakes.settings(1), FraudPolicy.BLOCK))) {
            braked.applied(premium()).applied(post("u_42", 1, false)).applied(post("u_42", 1, true));
            assertThat(braked.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(
                            EntitlementEventType.GRANTED, EntitlementEventType.GRANTED, EntitlementEventType.SUSPENDED);
            assertThat(braked.states().get("u_42/premium").getWithheld().getReason())
                    .isEqualTo(AccessReason.FRAUD_FLAGGED);
            braked.applied(post("u_42", 1, false)).pass(Duration.ofSeconds(1));
            assertThat(braked.states().get("u_42/premium").getWithheld()).isNull();
        }
    }

    @Test
    void whatever_comes_first_the_same_is_blocked() {
        var payments = List.of(premium(), post("u_42", 1, true), post("u_42", 2, false));
        for (var order : List.of(List.of(0, 1, 2), List.of(1, 0, 2), List.of(2, 1, 0), List.of(2, 0, 1, 1, 0))) {
            try (var any = new Projection(folder, new Safeguards(Brakes.settings(1_000), FraudPolicy.BLOCK))) {
                order.forEach(number ->
                        any.applied(PaymentState.newBuilder(payments.get(number).build())));
                assertThat(endStates(any)).hasSize(3);
                assertThat(endStates(any).values()).containsOnly("SUSPENDED");
            }
        }
    }

    @Test
    void by_default_a_flag_suspends_only_what_it_is_about_and_nothing_is_stored() {
        try (var lenient = new Projection(folder)) {
            lenient.applied(premium()).applied(post("u_42", 1, true));
            assertThat(endStates(lenient)).containsEntry("u_42/premium", "ACTIVE");
            assertThat(lenient.store(FraudBlocks.FLAGS).all()).isExhausted();
        }
    }

    private static Map<String, String> endStates(Projection projection) {
        var states = new TreeMap<String, String>();
        try (var all =
                projection.<EntitlementClaims>store(EntitlementStore.STORE).all()) {
            all.forEachRemaining(entry ->
                    states.put(entry.key, entry.value.getLast().getStatus().name()));
        }
        return states;
    }

    private static PaymentState.Builder premium() {
        return invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER);
    }

    private static PaymentState.Builder post(String subject, int number, boolean flagged) {
        return captured("pi_" + number, NOON, 2500, 0)
                .setFraudFlagged(flagged)
                .setReferences(Map.of("subject", subject, "product", "promoted-post", "reference", "post_" + number));
    }
}
