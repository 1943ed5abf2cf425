package ipn.projector.brake;

import static ipn.projector.notification.Claims.NOON;
import static ipn.projector.notification.Claims.NOVEMBER;
import static ipn.projector.notification.Claims.OCTOBER;
import static ipn.projector.notification.Claims.once;
import static ipn.projector.notification.Claims.period;
import static ipn.projector.notification.Claims.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Claim;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEventType;
import ipn.avro.PartitionBrake;
import ipn.projector.Products;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.access.EntitlementUpdate.Derived;
import ipn.projector.entitlement.EntitlementAssembler;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.notification.NotificationRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One user's access under a brake: an end earlier than the last event said counts, an end as emitted does not: it was sold so. */
class EndsAsEmittedTest {
    private static final EntitlementAssembler QUIET =
            new EntitlementAssembler(new NotificationRules(NotificationPolicy.DEFAULTS, product -> Optional.empty()));
    private static final Duration DAY = Duration.ofDays(1);

    private final EntitlementUpdate update = new EntitlementUpdate(Products.withGrace(DAY.multipliedBy(7)));
    private final List<String> emitted = new ArrayList<>();
    private Brake rules = counting(EntitlementEventType.REVOKED, EntitlementEventType.SUSPENDED);
    private PartitionBrake brake = Brake.RELEASED;
    private EntitlementClaims entitlement =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();
    private Instant now = NOON;

    @Nested
    class A_withheld_revocation {
        @Test
        void is_emitted_at_the_end_that_was_emitted_and_does_not_count() {
            claims(alone("pi_1", NOON, OCTOBER));
            engage();
            claims(alone("pi_1", NOON, OCTOBER).setStatus(ClaimStatus.REFUNDED));
            until(OCTOBER.minusMillis(1));
            assertThat(emitted).containsExactly("GRANTED PAID");
            assertThat(brake.getWithheld()).isEqualTo(1);
            until(OCTOBER);
            assertThat(emitted).containsExactly("GRANTED PAID", "REVOKED REFUNDED");
            assertThat(entitlement.getWithheld()).isNull();
            assertThat(brake.getWithheld()).isZero();
            assertThat(brake.getActive()).isZero();
            assertThat(counted()).isZero();
        }

        @Test
        void of_access_without_an_end_waits_for_a_decision() {
            claims(once("pi_1"));
            engage();
            claims(once("pi_1").setStatus(ClaimStatus.REFUNDED));
            assertThat(entitlement.getWithheld()).isNotNull();
            assertThat(entitlement.getNextCheck()).isNull();
        }
    }

    @Nested
    class A_discarded_revocation {
        @Test
        void is_emitted_at_the_end_that_was_emitted_and_does_not_count() {
            claims(alone("pi_1", NOON, OCTOBER));
            engage();
            claims(alone("pi_1", NOON, OCTOBER).setStatus(ClaimStatus.REFUNDED));
            discard();
            until(OCTOBER.minusMillis(1));
            assertThat(emitted).containsExactly("GRANTED PAID");
            until(OCTOBER);
            assertThat(emitted).containsExactly("GRANTED PAID", "REVOKED REFUNDED");
            assertThat(counted()).isZero();
        }

        @Test
        void of_a_part_of_the_time_stays_discarded_when_the_rest_has_passed() {
            claims(alone("pi_1", NOON, OCTOBER));
            claims(alone("pi_2", OCTOBER, NOVEMBER));
            engage();
            claims(alone("pi_2", OCTOBER, NOVEMBER).setStatus(ClaimStatus.REFUNDED));
            discard();
            until(NOVEMBER.minusMillis(1));
            assertThat(emitted).containsExactly("GRANTED PAID", "EXTENDED PAID");
            until(NOVEMBER);
            assertThat(emitted).last().isEqualTo("EXPIRED RAN_OUT");
            assertThat(counted()).isZero();
        }
    }

    @Nested
    class Counted_whatever_its_type_is {
        @Test
        void a_cancellation_that_lies_in_the_past() {
            claims(period("in_1", NOON, OCTOBER));
            until(NOON.plus(DAY));
            claims(subscription(ClaimStatus.ACTIVE, now).setCancelAt(NOON.plusSeconds(60)));
            assertThat(emitted).last().isEqualTo("EXPIRED RAN_OUT");
            assertThat(counted()).isEqualTo(1);
        }

        @Test
        void an_end_that_moves_earlier() {
            claims(alone("pi_1", NOON, OCTOBER));
            claims(alone("pi_2", OCTOBER, NOVEMBER));
            claims(alone("pi_2", OCTOBER, NOVEMBER).setStatus(ClaimStatus.REFUNDED));
            assertThat(emitted).last().isEqualTo("REDUCED PAID");
            assertThat(counted()).isEqualTo(1);
        }

        @Test
        void and_withheld_until_the_end_that_was_emitted() {
            claims(alone("pi_1", NOON, OCTOBER));
            claims(alone("pi_2", OCTOBER, NOVEMBER));
            engage();
            claims(alone("pi_2", OCTOBER, NOVEMBER).setStatus(ClaimStatus.REFUNDED));
            until(OCTOBER.plus(DAY));
            assertThat(entitlement.getWithheld().getType()).isEqualTo(EntitlementEventType.EXPIRED);
            assertThat(entitlement.getWithheld().getNumber()).isEqualTo(1);
            until(NOVEMBER);
            assertThat(emitted).containsExactly("GRANTED PAID", "EXTENDED PAID", "EXPIRED RAN_OUT");
        }
    }

    @Nested
    class Not_counted {
        @Test
        void is_an_end_that_was_emitted() {
            claims(period("in_1", NOON, OCTOBER));
            engage();
            claims(subscription(ClaimStatus.ACTIVE, NOON).setCancelAt(OCTOBER));
            until(OCTOBER);
            assertThat(emitted).containsExactly("GRANTED PAID", "EXPIRED RAN_OUT");
            assertThat(counted()).isZero();
        }

        @Test
        void is_a_suspension_unless_asked_for() {
            rules = counting(EntitlementEventType.REVOKED);
            claims(once("pi_1"));
            engage();
            claims(once("pi_1").setStatus(ClaimStatus.DISPUTED));
            assertThat(emitted).containsExactly("GRANTED PAID", "SUSPENDED DISPUTED");
        }
    }

    @Test
    void running_out_counts_where_asked_for() {
        rules = counting(EntitlementEventType.EXPIRED);
        claims(alone("pi_1", NOON, OCTOBER));
        until(OCTOBER);
        assertThat(counted()).isEqualTo(1);

        claims(alone("pi_2", OCTOBER, NOVEMBER));
        engage();
        until(NOVEMBER.plus(DAY));
        assertThat(entitlement.getWithheld().getType()).isEqualTo(EntitlementEventType.EXPIRED);
        discard();
        assertThat(entitlement.getWithheld()).isNull();
    }

    private static Claim.Builder alone(String id, Instant from, Instant until) {
        return period(id, from, until).setSubscription(null);
    }

    private static Brake counting(EntitlementEventType... types) {
        return new Brake(new BrakeSettings(100, 1_000_000, 1, DAY, Set.of(types)), 0, 1);
    }

    private void engage() {
        brake = PartitionBrake.newBuilder(brake)
                .setSince(now)
                .setWhy("too many refunds")
                .build();
    }

    private void claims(Claim.Builder claim) {
        change(update.onClaim(entitlement, claim.build(), Optional.empty(), now));
    }

    private void discard() {
        var same =
                new Derived(entitlement.getClaims(), Optional.empty(), Optional.ofNullable(entitlement.getNextCheck()));
        keep(same, rules.discard(brake, entitlement, now));
        brake = PartitionBrake.newBuilder(brake).setSince(null).setWhy(null).build();
    }

    private void until(Instant later) {
        while (entitlement.getNextCheck() != null && !entitlement.getNextCheck().isAfter(later)) {
            var due = entitlement.getNextCheck();
            assertThat(due).as("checked once").isAfter(now);
            now = due;
            change(update.onTime(entitlement, Optional.empty(), now));
        }
        now = later;
    }

    private void change(Derived derived) {
        keep(derived, rules.decide(brake, entitlement, derived.event(), now));
    }

    private void keep(Derived derived, Brake.Decision decision) {
        decision.event().ifPresent(event -> emitted.add(event.getType() + " " + event.getReason()));
        entitlement = QUIET.assemble(entitlement, derived, decision, now).after();
        entitlement = EntitlementClaims.newBuilder(entitlement)
                .setNotifyAt(null)
                .setNextCheck(earliest(derived.nextCheck(), decision.nextCheck()))
                .build();
        brake = decision.brake();
    }

    /** Without the times of notifications, which are not tested here. */
    private static Instant earliest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream())
                .min(Instant::compareTo)
                .orElse(null);
    }

    private long counted() {
        return rules.status(brake, now).getInWindow();
    }
}
