package ipn.projector.access;

import static ipn.projector.notification.Claims.NOON;
import static ipn.projector.notification.Claims.NOVEMBER;
import static ipn.projector.notification.Claims.OCTOBER;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.projector.notification.Claims;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccessChangeTest {
    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource(textBlock = """
                    ,          ACTIVE,    GRANTED
                    ,          GRACE,     GRACE_STARTED
                    ,          SUSPENDED, SUSPENDED
                    ,          ENDED,     REVOKED
                    ENDED,     ACTIVE,    GRANTED
                    SUSPENDED, ACTIVE,    RESUMED
                    GRACE,     ACTIVE,    EXTENDED
                    ACTIVE,    GRACE,     GRACE_STARTED
                    SUSPENDED, GRACE,     GRACE_STARTED
                    ENDED,     GRACE,     GRACE_STARTED
                    ACTIVE,    SUSPENDED, SUSPENDED
                    GRACE,     SUSPENDED, SUSPENDED
                    ENDED,     SUSPENDED, SUSPENDED
                    ACTIVE,    ENDED,     REVOKED
                    GRACE,     ENDED,     REVOKED
                    SUSPENDED, ENDED,     REVOKED
                    """)
    void a_new_status_names_the_event(
            @Nullable EntitlementStatus before, EntitlementStatus now, EntitlementEventType type) {
        var last = before == null ? null : event(access(before, OCTOBER, AccessReason.REFUNDED));
        assertThat(AccessChange.between(last, access(now, OCTOBER, AccessReason.REFUNDED)))
                .contains(type);
    }

    @ParameterizedTest
    @EnumSource(
            value = AccessReason.class,
            names = {"RAN_OUT", "PAYMENT_FAILED"})
    void access_that_ends_by_time_expires(AccessReason reason) {
        assertThat(AccessChange.between(active(OCTOBER), access(EntitlementStatus.ENDED, OCTOBER, reason)))
                .contains(EntitlementEventType.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(
            value = AccessReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RAN_OUT", "PAYMENT_FAILED"})
    void access_that_ends_for_any_other_reason_is_revoked(AccessReason reason) {
        assertThat(AccessChange.between(active(OCTOBER), access(EntitlementStatus.ENDED, OCTOBER, reason)))
                .contains(EntitlementEventType.REVOKED);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(OCTOBER, NOVEMBER, EntitlementEventType.EXTENDED),
                Arguments.of(NOVEMBER, OCTOBER, EntitlementEventType.REDUCED),
                Arguments.of(OCTOBER, null, EntitlementEventType.EXTENDED),
                Arguments.of(null, OCTOBER, EntitlementEventType.REDUCED));
    }

    @ParameterizedTest(name = "until {0}, now until {1}: {2}")
    @MethodSource("ends")
    void access_with_another_end_is_extended_or_reduced(
            @Nullable Instant before, @Nullable Instant now, EntitlementEventType type) {
        assertThat(AccessChange.between(active(before), access(EntitlementStatus.ACTIVE, now, AccessReason.PAID)))
                .contains(type);
    }

    @ParameterizedTest
    @EnumSource(value = EntitlementStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void the_same_access_is_no_change(EntitlementStatus status) {
        var access = access(status, OCTOBER, AccessReason.PAID);
        assertThat(AccessChange.between(event(access), access)).isEmpty();
    }

    @Test
    void another_reason_product_or_mode_is_a_change_although_the_end_is_the_same() {
        var now = access(EntitlementStatus.ACTIVE, OCTOBER, AccessReason.PAID);
        var last = active(OCTOBER);
        for (var other : new EntitlementEvent[] {
            EntitlementEvent.newBuilder(last).setReason(AccessReason.TRIAL).build(),
            EntitlementEvent.newBuilder(last).setProduct("premium-plus").build(),
            EntitlementEvent.newBuilder(last).setTest(true).build()
        }) {
            assertThat(AccessChange.between(other, now)).contains(EntitlementEventType.EXTENDED);
        }
    }

    private static EntitlementEvent active(@Nullable Instant until) {
        return event(access(EntitlementStatus.ACTIVE, until, AccessReason.PAID));
    }

    /** In grace, access lasts until then; else what is paid for does. */
    private static Access access(EntitlementStatus status, @Nullable Instant until, AccessReason reason) {
        return new Access(
                status,
                NOON,
                Optional.ofNullable(until),
                status == EntitlementStatus.GRACE ? Optional.ofNullable(until) : Optional.empty(),
                reason,
                Claims.period("in_1", NOON, OCTOBER).build(),
                Optional.empty(),
                Optional.empty());
    }

    private static EntitlementEvent event(Access access) {
        return EntitlementEvent.newBuilder()
                .setEventId("u_42/premium//1")
                .setType(EntitlementEventType.GRANTED)
                .setSubject("u_42")
                .setEntitlement("premium")
                .setRevision(1)
                .setStatus(access.status())
                .setFrom(access.from())
                .setUntil(access.until().orElse(null))
                .setGraceUntil(access.graceUntil().orElse(null))
                .setReason(access.reason())
                .setProduct(access.decisive().getProduct())
                .setTest(access.decisive().getTest())
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("v1")
                .setDecidedAt(NOON)
                .build();
    }
}
