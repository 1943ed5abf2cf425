package ipn.projector.entitlement;

import static ipn.projector.notification.Claims.NOON;
import static ipn.projector.notification.Claims.NOVEMBER;
import static ipn.projector.notification.Claims.OCTOBER;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Claim;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import ipn.avro.NotificationKind;
import ipn.avro.PartitionBrake;
import ipn.avro.WithheldRevocation;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.access.EntitlementUpdate.Derived;
import ipn.projector.brake.Brake;
import ipn.projector.notification.Claims;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.notification.NotificationRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntitlementAssemblerTest {
    private static final Duration QUIET_TIME = Duration.ofSeconds(5);
    private static final Claim PAID = Claims.once("pi_1").build();
    private static final Claim REFUNDED = Claims.once("pi_1")
            .setStatus(ClaimStatus.REFUNDED)
            .setRefunded(2500)
            .build();
    private static final EntitlementClaims NOTHING =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();
    private static final PartitionBrake COUNTED =
            PartitionBrake.newBuilder(Brake.RELEASED).setActive(7).build();

    private final EntitlementUpdate update = new EntitlementUpdate(product -> Optional.empty());
    private final EntitlementAssembler assembler = new EntitlementAssembler(
            new NotificationRules(new NotificationPolicy(Duration.ofDays(3), QUIET_TIME), product -> Optional.empty()));

    @Test
    void an_event_that_is_emitted_becomes_the_last_event() {
        var derived = update.onClaim(NOTHING, PAID, Optional.empty(), NOON);
        var result = assembler.assemble(NOTHING, derived, emitted(derived), NOON);
        assertThat(derived.event()).isPresent();
        assertThat(result.event()).isEqualTo(derived.event());
        assertThat(result.after().getLast()).isEqualTo(derived.event().orElseThrow());
        assertThat(result.after().getClaims()).containsExactly(PAID);
        assertThat(result.after().getWithheld()).isNull();
        assertThat(result.after().getDiscarded()).isNull();
        assertThat(result.brake()).isEqualTo(COUNTED);
    }

    @Test
    void a_revocation_that_is_withheld_leaves_the_last_event_and_keeps_the_claims() {
        var granted = granted();
        var derived = update.onClaim(granted, REFUNDED, Optional.empty(), NOON);
        var result = assembler.assemble(granted, derived, withheld(derived, Optional.of(OCTOBER)), NOON);
        assertThat(result.event()).isEmpty();
        assertThat(result.after().getLast()).isEqualTo(granted.getLast());
        assertThat(result.after().getWithheld()).isEqualTo(revocation(derived));
        assertThat(result.after().getDiscarded()).isNull();
        assertThat(result.after().getClaims()).containsExactly(REFUNDED);
    }

    @Test
    void a_revocation_that_is_discarded_replaces_the_withheld_one() {
        var granted = granted();
        var derived = update.onClaim(granted, REFUNDED, Optional.empty(), NOON);
        var before = assembler
                .assemble(granted, derived, withheld(derived, Optional.empty()), NOON)
                .after();
        var discarded = new Brake.Decision(
                Optional.empty(), Optional.empty(), Optional.of(revocation(derived)), Optional.empty(), COUNTED);
        var after = assembler
                .assemble(before, new Derived(before.getClaims(), Optional.empty(), Optional.empty()), discarded, NOON)
                .after();
        assertThat(before.getWithheld()).isNotNull();
        assertThat(after.getWithheld()).isNull();
        assertThat(after.getDiscarded()).isEqualTo(revocation(derived));
        assertThat(after.getLast()).isEqualTo(granted.getLast());
    }

    @Test
    void the_next_check_is_the_earliest_of_access_brake_and_notifications() {
        var soon = NOON.plusSeconds(1);
        assertThat(nextCheck(Optional.of(OCTOBER), Optional.of(NOVEMBER))).isEqualTo(NOON.plus(QUIET_TIME));
        assertThat(nextCheck(Optional.of(soon), Optional.of(NOVEMBER))).isEqualTo(soon);
        assertThat(nextCheck(Optional.of(OCTOBER), Optional.of(soon))).isEqualTo(soon);
        assertThat(nextCheck(Optional.empty(), Optional.empty())).isEqualTo(NOON.plus(QUIET_TIME));
    }

    @Test
    void notifications_are_emitted_once_after_a_quiet_time() {
        var changed = granted();
        var due = changed.getNotifyAt();
        var derived = update.onTime(changed, Optional.empty(), due);
        var result = assembler.assemble(changed, derived, emitted(derived), due);
        assertThat(result.commands())
                .extracting(NotificationCommand::getKind)
                .containsExactly(NotificationKind.RECEIPT);
        assertThat(result.after().getSentNotifications())
                .containsExactly(result.commands().get(0).getNotificationId());
        assertThat(result.after().getHadAccess()).isTrue();
        assertThat(result.after().getNotifyAt()).isNull();
        assertThat(assembler
                        .assemble(result.after(), derived, emitted(derived), due.plusSeconds(60))
                        .commands())
                .isEmpty();
    }

    private Instant nextCheck(Optional<Instant> access, Optional<Instant> brake) {
        var derived = new Derived(
                List.of(PAID),
                update.onClaim(NOTHING, PAID, Optional.empty(), NOON).event(),
                access);
        var decision = new Brake.Decision(derived.event(), Optional.empty(), Optional.empty(), brake, COUNTED);
        return assembler.assemble(NOTHING, derived, decision, NOON).after().getNextCheck();
    }

    private EntitlementClaims granted() {
        var derived = update.onClaim(NOTHING, PAID, Optional.empty(), NOON);
        return assembler.assemble(NOTHING, derived, emitted(derived), NOON).after();
    }

    private static Brake.Decision emitted(Derived derived) {
        return new Brake.Decision(derived.event(), Optional.empty(), Optional.empty(), Optional.empty(), COUNTED);
    }

    private static Brake.Decision withheld(Derived derived, Optional<Instant> nextCheck) {
        return new Brake.Decision(
                Optional.empty(), Optional.of(revocation(derived)), Optional.empty(), nextCheck, COUNTED);
    }

    private static WithheldRevocation revocation(Derived derived) {
        var event = derived.event().map(EntitlementEvent::getType).orElseThrow();
        return WithheldRevocation.newBuilder()
                .setType(event)
                .setStatus(derived.event().orElseThrow().getStatus())
                .setReason(derived.event().orElseThrow().getReason())
                .setPaymentKey("stripe/main/pi_1")
                .setNumber(1)
                .setSince(NOON)
                .setCause(derived.event().orElseThrow().getCause())
                .build();
    }
}
