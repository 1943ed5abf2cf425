package ipn.projector.access;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntitlementUpdateTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");

    @Test
    void of_too_many_claims_those_that_reach_furthest_are_kept_whatever_their_order() {
        var claims = new ArrayList<>(IntStream.range(0, ClaimLimits.PAID_MAX + 40)
                .mapToObj(EntitlementUpdateTest::period)
                .toList());
        claims.add(forever());
        var forwards = after(claims);
        Collections.shuffle(claims, new Random(7));
        var shuffled = after(claims);

        assertThat(shuffled)
                .isEqualTo(forwards)
                .hasSize(ClaimLimits.PAID_MAX)
                .contains("forever")
                .doesNotContain("period 0");
    }

    @Test
    void an_event_names_the_cause_of_the_claim_that_changed_and_the_policy_of_the_claim_that_decides() {
        var update = new EntitlementUpdate(product -> Optional.empty());
        var period = Claim.newBuilder(period(0)).setPolicyVersion("v1").build();
        var forever = Claim.newBuilder(forever()).setPolicyVersion("v2").build();
        var before = update.onClaim(with(List.of(period), null), forever, Optional.empty(), NOON);
        var refunded = Claim.newBuilder(forever)
                .setStatus(ClaimStatus.REFUNDED)
                .setCause(new Cause("stripe/main/evt_2", "ipn.raw", 0, 1L, false))
                .build();
        var state = with(before.claims(), before.event().orElseThrow());

        assertThat(update.onClaim(state, refunded, Optional.empty(), NOON).event())
                .hasValueSatisfying(event -> {
                    assertThat(event.getType()).isEqualTo(EntitlementEventType.REDUCED);
                    assertThat(event.getRevision()).isEqualTo(2);
                    assertThat(event.getCause()).isEqualTo(refunded.getCause());
                    assertThat(event.getPolicyVersion()).isEqualTo("v1");
                });
    }

    private static EntitlementClaims with(List<Claim> claims, @Nullable EntitlementEvent last) {
        return EntitlementClaims.newBuilder().setClaims(claims).setLast(last).build();
    }

    private static List<String> after(List<Claim> claims) {
        var update = new EntitlementUpdate(product -> Optional.empty());
        var state = EntitlementClaims.newBuilder().setClaims(List.of()).build();
        for (var claim : claims) {
            state = EntitlementClaims.newBuilder()
                    .setClaims(
                            update.onClaim(state, claim, Optional.empty(), NOON).claims())
                    .build();
        }
        return state.getClaims().stream().map(Claim::getClaimKey).toList();
    }

    private static Claim period(int number) {
        var from = NOON.plus(Duration.ofDays(number));
        return claim("period " + number, ClaimKind.PERIOD)
                .setAmount(800L)
                .setFrom(from)
                .setUntil(from.plus(Duration.ofDays(1)))
                .build();
    }

    private static Claim forever() {
        return claim("forever", ClaimKind.ONCE).setAmount(2_500L).setFrom(NOON).build();
    }

    private static Claim.Builder claim(String key, ClaimKind kind) {
        return Claim.newBuilder()
                .setClaimKey(key)
                .setPaymentKey(key)
                .setSubject("u_42")
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(kind)
                .setStatus(ClaimStatus.PAID)
                .setAt(NOON)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false));
    }
}
