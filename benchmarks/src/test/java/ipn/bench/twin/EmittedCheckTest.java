package ipn.bench.twin;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.EntitlementStatus;
import ipn.bench.load.Scenario.ExpectedAccess;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmittedCheckTest {
    private static final Instant UNTIL = Instant.parse("2026-12-01T00:00:00Z");

    private static Emitted event(String key, long revision, EntitlementStatus status) {
        return new Emitted(key, revision, status, null);
    }

    private static ExpectedAccess expected(String key, EntitlementStatus status) {
        return new ExpectedAccess(key, status, Optional.empty());
    }

    @Test
    void the_last_event_decides() {
        var check = EmittedCheck.of(
                List.of(expected("u_1/premium", EntitlementStatus.ENDED)),
                List.of(
                        event("u_1/premium", 1, EntitlementStatus.ACTIVE),
                        event("u_1/premium", 2, EntitlementStatus.ENDED)));
        assertThat(check).isEqualTo(new EmittedCheck(0, 0, 0, List.of()));
    }

    @Test
    void an_event_again_is_repeated_and_not_wrong() {
        var check = EmittedCheck.of(
                List.of(expected("u_1/premium", EntitlementStatus.ENDED)),
                List.of(
                        event("u_1/premium", 1, EntitlementStatus.ACTIVE),
                        event("u_1/premium", 2, EntitlementStatus.ENDED),
                        event("u_1/premium", 1, EntitlementStatus.ACTIVE)));
        assertThat(check.repeated()).isOne();
        assertThat(check.wrong()).isZero();
        assertThat(check.missing()).isZero();
        assertThat(check.differences()).containsExactly("u_1/premium: revision 1 again");
    }

    @Test
    void a_revision_that_was_never_emitted_is_missing() {
        var check = EmittedCheck.of(
                List.of(expected("u_1/premium", EntitlementStatus.ENDED)),
                List.of(
                        event("u_1/premium", 1, EntitlementStatus.ACTIVE),
                        event("u_1/premium", 4, EntitlementStatus.ENDED)));
        assertThat(check.missing()).isEqualTo(2);
    }

    @Test
    void an_entitlement_is_wrong_without_an_event_with_another_status_or_without_a_purchase() {
        var check = EmittedCheck.of(
                List.of(
                        expected("u_1/premium", EntitlementStatus.ACTIVE),
                        expected("u_2/premium", EntitlementStatus.ENDED)),
                List.of(
                        event("u_2/premium", 1, EntitlementStatus.ACTIVE),
                        event("u_3/premium", 1, EntitlementStatus.ACTIVE)));
        assertThat(check.wrong()).isEqualTo(3);
        assertThat(check.differences()).hasSize(3);
    }

    @Test
    void an_entitlement_with_another_end_is_wrong() {
        var expected = new ExpectedAccess("u_1/premium", EntitlementStatus.ACTIVE, Optional.of(UNTIL));
        var right = new Emitted("u_1/premium", 1, EntitlementStatus.ACTIVE, UNTIL);
        var wrong = new Emitted("u_1/premium", 1, EntitlementStatus.ACTIVE, UNTIL.plusSeconds(1));
        assertThat(EmittedCheck.of(List.of(expected), List.of(right)).wrong()).isZero();
        assertThat(EmittedCheck.of(List.of(expected), List.of(wrong)).wrong()).isOne();
    }
}
