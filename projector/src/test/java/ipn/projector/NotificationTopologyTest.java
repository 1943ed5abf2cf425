package ipn.projector;

import static ipn.projector.notification.Claims.NOON;
import static ipn.projector.notification.Claims.OCTOBER;
import static ipn.projector.notification.Claims.once;
import static ipn.projector.notification.Claims.period;
import static ipn.projector.notification.Claims.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.NotificationCommand;
import ipn.avro.NotificationKind;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users are notified of, by the clock that also ends access. */
class NotificationTopologyTest extends WithProjection {
    private static final Duration QUIET_TIME = Duration.ofSeconds(5);

    @Test
    void events_are_emitted_at_once_and_users_notified_after_a_quiet_time() {
        projection.claimed(once("pi_1").build());
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType)
                .containsExactly(EntitlementEventType.GRANTED);
        projection.pass(QUIET_TIME.minusMillis(1));
        assertThat(projection.notifications()).isEmpty();
        projection.pass(Duration.ofMillis(1));
        assertThat(projection.notifications())
                .extracting(NotificationCommand::getNotificationId)
                .containsExactly("receipt/stripe/main/pi_1");
    }

    @Test
    void a_subscription_is_notified_of_from_its_receipt_to_its_end() {
        projection.claimed(period("in_1", NOON, OCTOBER).build());
        projection.claimed(
                subscription(ClaimStatus.ACTIVE, NOON).setCancelScheduled(true).build());
        projection.pass(QUIET_TIME);
        projection.pass(Duration.between(projection.now(), OCTOBER.minus(Duration.ofDays(3))));
        projection.pass(Duration.ofDays(3));
        projection.pass(QUIET_TIME);
        projection.pass(Duration.ofDays(300));
        assertThat(projection.notifications())
                .extracting(NotificationCommand::getKind)
                .containsExactly(
                        NotificationKind.RECEIPT, NotificationKind.ACCESS_ENDING, NotificationKind.ACCESS_ENDED);
        assertThat(projection.events())
                .extracting(EntitlementEvent::getType)
                .containsExactly(EntitlementEventType.GRANTED, EntitlementEventType.EXPIRED);
    }

    @Test
    void a_claim_that_grants_nothing_is_never_notified() {
        projection.claimed(period("in_1", NOON, OCTOBER)
                .setStatus(ClaimStatus.FAILED)
                .setUntil(null)
                .build());
        projection.pass(QUIET_TIME);
        projection.pass(Duration.ofDays(300));
        assertThat(projection.notifications()).isEmpty();
        assertThat(projection.events()).isEmpty();
    }

    @Test
    void many_users_are_all_notified_though_not_within_one_tick() {
        var users = 120;
        IntStream.range(0, users)
                .forEach(number -> projection.claimed(
                        once("pi_" + number).setSubject("u_" + number).build()));
        IntStream.range(0, 4).forEach(tick -> projection.pass(QUIET_TIME));
        assertThat(projection.notifications()).hasSize(users);
    }
}
