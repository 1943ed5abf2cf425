package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.AccessReason;
import ipn.avro.BrakeStatus;
import ipn.avro.Cause;
import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.projector.stream.EntitlementNode;
import ipn.projector.stream.EntitlementStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five revocations within ten minutes may be emitted in this partition. */
class BrakeTest {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final int LIMIT = 5;

    @TempDir
    private Path folder;

    private Projection projection;
    private BrakeStatus status;

    @BeforeEach
    void start() {
        projection = new Projection(folder, Brakes.limitedTo(LIMIT));
    }

    @AfterEach
    void stop() {
        projection.close();
    }

    @Nested
    class Too_many_revocations {
        @Test
        void are_withheld_beyond_the_limit_and_the_last_event_still_holds() {
            refundAll(20);
            assertThat(types()).containsExactlyElementsOf(types(20, "GRANTED", LIMIT, "REVOKED"));
            var states = projection.states();
            assertThat(states.get("u_5/promotion/post").getWithheld()).isNull();
            assertThat(states.get("u_6/promotion/post").getLast().getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
            assertThat(states.get("u_6/promotion/post").getWithheld())
                    .extracting(
                            withheld -> withheld.getType(),
                            withheld -> withheld.getReason(),
                            withheld -> withheld.getNumber())
                    .containsExactly(EntitlementEventType.REVOKED, AccessReason.REFUNDED, 1L);
            assertThat(states.get("u_20/promotion/post").getWithheld().getNumber())
                    .isEqualTo(15L);
        }

        @Test
        void are_reported_as_withheld_with_the_reason() {
            refundAll(20);
            assertThat(brake())
                    .extracting(
                            BrakeStatus::getEngaged,
                            BrakeStatus::getWithheld,
                            BrakeStatus::getInWindow,
                            BrakeStatus::getActive,
                            BrakeStatus::getSince)
                    .containsExactly(true, 15L, 5L, 15L, NOON);
            assertThat(brake().getWhy())
                    .startsWith("5 revocations emitted within PT10M (brake.max: 40, of which this partition has 5");
        }

        @Test
        void never_delay_a_grant_an_extension_or_a_resumption() {
            projection.applied(promoted(3, 0)).applied(disputed(3));
            refundAll(20);
            types();
            projection.applied(promoted(99, 0));
            projection.applied(promoted(3, 0));
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            projection.applied(invoice("in_2", InvoiceStatus.PAID, 800, OCTOBER, OCTOBER.plus(Duration.ofDays(31))));
            assertThat(types()).endsWith("GRANTED", "GRANTED", "EXTENDED");
        }

        @Test
        void stay_withheld_although_the_window_passes() {
            refundAll(20);
            projection.pass(Duration.ofHours(1)).applied(promoted(21, 0)).applied(promoted(21, 2500));
            assertThat(types()).containsExactlyElementsOf(types(20, "GRANTED", LIMIT, "REVOKED", 1, "GRANTED"));
            assertThat(brake().getWithheld()).isEqualTo(16);
        }

        @Test
        void spread_over_time_are_emitted() {
            grantAll(20);
            for (var user = 1; user <= 20; user++) {
                projection.applied(promoted(user, 2500)).pass(Duration.ofMinutes(3));
            }
            assertThat(types()).containsExactlyElementsOf(types(20, "GRANTED", 20, "REVOKED"));
        }

        @Test
        void do_not_count_where_nothing_is_taken_away() {
            for (var user = 1; user <= 20; user++) {
                projection.applied(promoted(user, 2500));
            }
            assertThat(types()).containsOnly("REVOKED").hasSize(20);
            assertThat(brake().getInWindow()).isZero();
        }

        @Test
        void of_what_is_suspended_are_emitted() {
            grantAll(20);
            IntStream.rangeClosed(1, LIMIT).forEach(user -> projection.applied(disputed(user)));
            IntStream.rangeClosed(1, 20).forEach(user -> projection.applied(promoted(user, 2500)));
            assertThat(projection.events().stream().filter(event -> event.getType() == EntitlementEventType.REVOKED))
                    .extracting(EntitlementEvent::getSubject)
                    .containsExactly("u_1", "u_2", "u_3", "u_4", "u_5");
        }
    }

    @Nested
    class A_withheld_revocation {
        @Test
        void is_gone_when_the_refund_fails() {
            refundAll(7);
            projection.applied(promoted(7, 0));
            assertThat(types()).hasSize(7 + LIMIT);
            assertThat(projection.states().get("u_7/promotion/post").getWithheld())
                    .isNull();
            assertThat(brake().getWithheld()).isEqualTo(1);
        }

        @Test
        void is_replaced_by_another_one_and_keeps_its_place() {
            refundAll(7);
            projection.applied(disputed(6));
            var state = projection.states().get("u_6/promotion/post");
            assertThat(state.getWithheld())
                    .extracting(
                            withheld -> withheld.getType(),
                            withheld -> withheld.getReason(),
                            withheld -> withheld.getNumber())
                    .containsExactly(EntitlementEventType.SUSPENDED, AccessReason.DISPUTED, 1L);
            assertThat(brake().getWithheld()).isEqualTo(2);
        }

        @Test
        void has_the_refund_as_its_cause_however_long_it_waits() {
            refundAll(6);
            var refund = withheldCause();
            assertThat(projection.events())
                    .filteredOn(event -> event.getSubject().equals("u_6"))
                    .extracting(EntitlementEvent::getCause)
                    .as("of the purchase")
                    .hasSize(1)
                    .doesNotContain(refund);

            projection.pass(Duration.ofMinutes(5)).pass(Duration.ofMinutes(5)).pass(Duration.ofDays(1));
            projection.applied(promoted(6, 2500).setCapturedAt(NOON.minusSeconds(1)));
            assertThat(withheldCause()).isEqualTo(refund);
            projection.command(Brakes.release("c1")).pass(Duration.ofSeconds(1));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getSubject, EntitlementEvent::getCause)
                    .containsExactly(tuple("u_6", refund));
        }

        @Test
        void that_runs_out_while_it_is_withheld_ended_by_the_clock_after_the_refund() {
            refundAll(LIMIT);
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            projection.applied(Payments.paying(captured("pi_1", NOON, 800, 800).setRefundedAt(NOON), "in_1"));
            var refund = withheldCause("u_42/premium");
            projection.events();
            projection.pass(Duration.between(projection.now(), OCTOBER).minusSeconds(1));
            assertThat(withheldCause("u_42/premium")).isEqualTo(refund);
            projection.pass(Duration.ofSeconds(2));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getReason, EntitlementEvent::getCause)
                    .containsExactly(tuple(
                            AccessReason.REFUNDED,
                            Cause.newBuilder(refund).setByClock(true).build()));
        }

        private Cause withheldCause() {
            return withheldCause("u_6/promotion/post");
        }

        private Cause withheldCause(String key) {
            return projection
                    .<EntitlementClaims>store(EntitlementStore.STORE)
                    .get(key)
                    .getWithheld()
                    .getCause();
        }

        @Test
        void of_a_claim_that_moved_to_another_subject_is_emitted_too_when_released() {
            refundAll(6);
            projection.applied(promoted(8, 0));
            projection.applied(promoted(8, 0)
                    .setReferences(Map.of("subject", "u_9", "product", "promoted-post", "reference", "post")));
            projection.events();
            projection.command(Brakes.release("c1")).pass(Duration.ofSeconds(1));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getSubject, EntitlementEvent::getReason)
                    .containsExactly(tuple("u_6", AccessReason.REFUNDED), tuple("u_8", AccessReason.WITHDRAWN));
        }
    }

    @Nested
    class Released {
        @Test
        void they_are_emitted_in_order_each_once_and_with_their_own_cause() {
            refundAll(20);
            projection.events();
            projection.command(Brakes.release("c1")).command(Brakes.release("c1"));
            projection.pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(1));
            projection.command(Brakes.release("c1")).pass(Duration.ofSeconds(1));
            var events = projection.events();
            assertThat(events)
                    .extracting(EntitlementEvent::getSubject)
                    .containsExactlyElementsOf(IntStream.rangeClosed(6, 20)
                            .mapToObj(user -> "u_" + user)
                            .toList());
            assertThat(events).extracting(EntitlementEvent::getRevision).containsOnly(2L);
            assertThat(events.get(0).getCause().getEventKey()).isEqualTo("stripe/main/evt_26");
            assertThat(events.get(0).getCause().getByClock()).isFalse();
            assertThat(projection.states().values())
                    .extracting(state -> state.getWithheld())
                    .containsOnlyNulls();
            assertThat(brake())
                    .extracting(
                            BrakeStatus::getEngaged,
                            BrakeStatus::getWithheld,
                            BrakeStatus::getReleased,
                            BrakeStatus::getInWindow)
                    .containsExactly(false, 0L, 15L, 0L);
            assertThat(brake().getLastCommand().getCommandId()).isEqualTo("c1");
        }

        @Test
        void some_with_each_tick_and_only_those_withheld_when_the_command_arrived() {
            refundAll(LIMIT + 120);
            projection.events();
            projection.command(Brakes.release("c1"));
            IntStream.rangeClosed(1_001, 1_000 + 2 * LIMIT).forEach(user -> projection.applied(promoted(user, 0)));
            IntStream.rangeClosed(1_001, 1_000 + 2 * LIMIT).forEach(user -> projection.applied(promoted(user, 2500)));
            assertThat(types()).containsExactlyElementsOf(types(2 * LIMIT, "GRANTED", LIMIT, "REVOKED"));

            projection.pass(Duration.ofMillis(100));
            assertThat(types()).hasSize(EntitlementNode.PER_TICK_MAX);
            projection.pass(Duration.ofMillis(100)).pass(Duration.ofMillis(100)).pass(Duration.ofMillis(100));
            assertThat(types()).hasSize(120 - EntitlementNode.PER_TICK_MAX);
            projection.pass(Duration.ofSeconds(2));
            assertThat(brake())
                    .extracting(BrakeStatus::getEngaged, BrakeStatus::getWithheld, BrakeStatus::getReleased)
                    .containsExactly(true, (long) LIMIT, 120L);

            projection.command(Brakes.release("c1")).pass(Duration.ofSeconds(2));
            assertThat(brake().getWithheld()).as("what came after the command").isEqualTo(LIMIT);
        }
    }

    @Nested
    class Discarded {
        @Test
        void they_are_not_emitted_for_as_long_as_nothing_else_changes() {
            refundAll(7);
            projection.events();
            projection.command(Brakes.discard("c1")).pass(Duration.ofSeconds(2));
            var another =
                    promoted(7, 2500).setPaymentKey("stripe/main/pi_another").setRefundedAt(NOON.minusSeconds(60));
            projection.applied(another).pass(Duration.ofDays(400));
            assertThat(projection.events()).isEmpty();
            assertThat(projection.states().get("u_7/promotion/post").getWithheld())
                    .isNull();
            assertThat(brake())
                    .extracting(BrakeStatus::getWithheld, BrakeStatus::getDiscarded)
                    .containsExactly(0L, 2L);

            projection.applied(disputed(7));
            assertThat(types()).containsExactly("SUSPENDED");
        }

        @Test
        void what_was_paid_for_runs_out_when_the_last_event_said() {
            refundAll(LIMIT);
            projection.applied(invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            projection.applied(Payments.paying(captured("pi_1", NOON, 800, 800).setRefundedAt(NOON), "in_1"));
            projection.events();
            assertThat(projection.states().get("u_42/premium").getWithheld()).isNotNull();
            projection.command(Brakes.discard("c1")).pass(Duration.ofSeconds(2));
            projection.pass(Duration.between(projection.now(), OCTOBER).minusSeconds(1));
            assertThat(projection.events()).isEmpty();
            projection.pass(Duration.ofSeconds(2));
            assertThat(projection.events())
                    .extracting(EntitlementEvent::getType, EntitlementEvent::getReason, EntitlementEvent::getSubject)
                    .containsExactly(tuple(EntitlementEventType.REVOKED, AccessReason.REFUNDED, "u_42"));
        }
    }

    @Test
    void a_restart_forgets_nothing() {
        refundAll(20);
        try (var again = new Projection(folder, Brakes.limitedTo(LIMIT))) {
            for (var store : Brakes.STORES) {
                copy(projection, again, store);
            }
            again.applied(promoted(3, 0).setCapturedAt(NOON))
                    .applied(promoted(99, 0))
                    .applied(promoted(99, 2500));
            assertThat(again.events())
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED, EntitlementEventType.GRANTED);
            again.command(Brakes.release("c1")).pass(Duration.ofSeconds(2));
            assertThat(again.events()).hasSize(16);
        }
    }

    @Test
    void entitlements_older_than_the_brake_are_counted_once() {
        grantAll(9);
        try (var upgraded = new Projection(folder, Brakes.limitedTo(LIMIT))) {
            copy(projection, upgraded, EntitlementStore.STORE);
            upgraded.applied(promoted(10, 0)).pass(Duration.ofSeconds(2)).pass(Duration.ofSeconds(2));
            assertThat(upgraded.brakes())
                    .last()
                    .extracting(BrakeStatus::getActive)
                    .isEqualTo(10L);
        }
    }

    private static void copy(Projection from, Projection to, String store) {
        try (var all = from.<Object>store(store).all()) {
            all.forEachRemaining(entry -> to.store(store).put(entry.key, entry.value));
        }
    }

    private void grantAll(int users) {
        IntStream.rangeClosed(1, users).forEach(user -> projection.applied(promoted(user, 0)));
    }

    private void refundAll(int users) {
        grantAll(users);
        IntStream.rangeClosed(1, users).forEach(user -> projection.applied(promoted(user, 2500)));
    }

    static PaymentState.Builder promoted(int user, long refunded) {
        var payment = captured("pi_" + user, NOON, 2500, refunded)
                .setReferences(Map.of("subject", "u_" + user, "product", "promoted-post", "reference", "post"));
        return refunded == 0 ? payment : payment.setRefundedAt(NOON);
    }

    static PaymentState.Builder disputed(int user) {
        return promoted(user, 0).setDisputeStatus(DisputeStatus.OPEN).setDisputedAt(NOON);
    }

    private BrakeStatus brake() {
        projection.pass(Duration.ofSeconds(2));
        projection.brakes().forEach(each -> status = each);
        return status;
    }

    private List<String> types() {
        return projection.events().stream().map(event -> event.getType().name()).toList();
    }

    /** How many, of what, how many, of what ... */
    private static List<String> types(Object... countsAndTypes) {
        return IntStream.range(0, countsAndTypes.length / 2)
                .boxed()
                .flatMap(pair -> Stream.generate(() -> (String) countsAndTypes[2 * pair + 1])
                        .limit((Integer) countsAndTypes[2 * pair]))
                .toList();
    }
}
