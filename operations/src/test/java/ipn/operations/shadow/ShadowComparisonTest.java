package ipn.operations.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.operations.shadow.Difference.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is given here and there, one entitlement at a time. */
class ShadowComparisonTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofDays(20));
    private static final Cause CAUSE = new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false);

    private final ShadowComparison comparison = new ShadowComparison(NOW, Duration.ofHours(1));

    @Test
    void access_in_both_to_nearly_the_same_end_is_no_difference() {
        ours(EntitlementStatus.ACTIVE, END, null);
        theirs(END.plus(Duration.ofHours(1)), true);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.compared()).isEqualTo(1);
    }

    @Test
    void an_end_further_away_than_the_tolerance_is_another_end() {
        ours(EntitlementStatus.ACTIVE, END, null);
        theirs(END.plus(Duration.ofHours(1)).plusMillis(1), true);
        assertThat(kinds()).containsExactly("OTHER_END PAID");
    }

    @Test
    void an_end_that_the_other_system_does_not_know_is_not_compared() {
        ours(EntitlementStatus.ACTIVE, END, null);
        comparison.theirs(new OtherAccess(place(), Optional.empty(), true));
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void the_other_system_may_count_grace_or_not() {
        ours(EntitlementStatus.GRACE, NOW.minusSeconds(60), NOW.plus(Duration.ofDays(7)));
        theirs(NOW.plus(Duration.ofDays(7)), true);
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void no_access_in_both_is_no_difference() {
        ours(EntitlementStatus.ENDED, NOW.minusSeconds(60), null);
        theirs(END, false);
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void access_here_alone() {
        ours(EntitlementStatus.ACTIVE, END, null);
        theirs(END, false);
        assertThat(kinds()).containsExactly("ONLY_OURS PAID");
    }

    @Test
    void access_there_alone_has_our_reason_a_discrepancy_or_no_payment() {
        ours(EntitlementStatus.SUSPENDED, END, null);
        theirs(END, true);
        assertThat(kinds()).containsExactly("ONLY_THEIRS PAID");

        comparison.theirs(new OtherAccess(new Place("bob", "premium", Optional.empty()), Optional.of(END), true));
        comparison.discrepancy(discrepancy(DiscrepancyState.OPEN));
        assertThat(kinds()).containsExactly("ONLY_THEIRS PAID", "ONLY_THEIRS UNDERPAID");

        comparison.discrepancy(discrepancy(DiscrepancyState.CLOSED));
        assertThat(kinds()).containsExactly("ONLY_THEIRS PAID", "ONLY_THEIRS NO_PAYMENT");
    }

    @Test
    void of_several_lines_about_one_entitlement_the_best_counts() {
        ours(EntitlementStatus.ACTIVE, END, null);
        theirs(NOW.plusSeconds(1), true);
        theirs(END, true);
        theirs(END.plusSeconds(999_999), false);
        assertThat(comparison.differences()).isEmpty();
    }

    @Test
    void sums_are_by_kind_and_reason_with_money() {
        var one = difference(Kind.ONLY_OURS, "PAID", Map.of("USD", 800L));
        var other = difference(Kind.ONLY_OURS, "PAID", Map.of("USD", 200L, "EUR", 5L));
        var third = difference(Kind.ONLY_THEIRS, "REFUNDED", Map.of());
        assertThat(ShadowReport.sums(List.of(one, third, other)))
                .containsExactly(
                        new ShadowReport.Sum(Kind.ONLY_OURS, "PAID", 2, Map.of("USD", 1_000L, "EUR", 5L)),
                        new ShadowReport.Sum(Kind.ONLY_THEIRS, "REFUNDED", 1, Map.of()));
    }

    private static Difference difference(Kind kind, String reason, Map<String, Long> money) {
        return new Difference(kind, "ada", "premium", null, null, null, null, reason, null, null, money);
    }

    private List<String> kinds() {
        return comparison.differences().stream()
                .map(each -> each.kind() + " " + each.reason())
                .toList();
    }

    private static Place place() {
        return new Place("ada", "premium", Optional.empty());
    }

    private void theirs(Instant until, boolean open) {
        comparison.theirs(new OtherAccess(place(), Optional.of(until), open));
    }

    private void ours(EntitlementStatus status, Instant until, @Nullable Instant graceUntil) {
        comparison.ours(EntitlementEvent.newBuilder()
                .setEventId("ada/premium/1")
                .setType(EntitlementEventType.GRANTED)
                .setSubject("ada")
                .setEntitlement("premium")
                .setRevision(1)
                .setStatus(status)
                .setFrom(NOW.minusSeconds(1))
                .setUntil(until)
                .setGraceUntil(graceUntil)
                .setReason(AccessReason.PAID)
                .setProduct("premium")
                .setPaymentKey("stripe/main/in_1")
                .setTest(false)
                .setCause(CAUSE)
                .setPolicyVersion("v1")
                .setDecidedAt(NOW)
                .build());
    }

    private static Discrepancy discrepancy(DiscrepancyState state) {
        return Discrepancy.newBuilder()
                .setDiscrepancyId("UNDERPAID/stripe/main/in_2")
                .setState(state)
                .setKind(DiscrepancyKind.UNDERPAID)
                .setPaymentKey("stripe/main/in_2")
                .setSubject("bob")
                .setCause(CAUSE)
                .setPolicyVersion("v1")
                .setAt(NOW)
                .build();
    }
}
