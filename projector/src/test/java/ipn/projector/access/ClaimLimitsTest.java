package ipn.projector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.topics.ByteLimits;
import ipn.topics.EncodedSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Anybody can make claims that cost nothing; they never push out one that proves money. */
class ClaimLimitsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");

    @Test
    void a_thousand_unpaid_subscriptions_that_name_a_user_leave_paid_access_alone_in_any_order() {
        var paid = claim("paid", ClaimKind.PERIOD, ClaimStatus.PAID)
                .setSubscription("own")
                .setAmount(800L)
                .setFrom(NOON)
                .setUntil(NOON.plus(Duration.ofDays(30)))
                .build();
        var own = claim("own", ClaimKind.SUBSCRIPTION, ClaimStatus.ACTIVE)
                .setSubscription("own")
                .build();
        var claims = new ArrayList<>(List.of(paid, own));
        for (var i = 0; i < 1_000; i++) {
            claims.add(claim("stranger_" + i, ClaimKind.SUBSCRIPTION, ClaimStatus.UNPAID)
                    .setSubscription("stranger_" + i)
                    .build());
        }
        for (var seed = 0; seed < 20; seed++) {
            Collections.shuffle(claims, new Random(seed));
            List<Claim> kept = List.of();
            for (var claim : claims) {
                var all = new ArrayList<>(kept);
                all.add(claim);
                kept = ClaimLimits.keep(all);
                assertThat(kept).hasSizeLessThanOrEqualTo(ClaimLimits.UNPAID_MAX + 2);
            }
            assertThat(kept).as("seed %d", seed).contains(paid);
            assertThat(AccessRules.derive(kept, product -> Optional.empty(), NOON.plusSeconds(1)))
                    .get()
                    .matches(Access::isOpen);
        }
    }

    @Test
    void what_people_decided_has_a_bound_of_its_own_and_pushes_out_no_money() {
        var claims = new ArrayList<Claim>();
        for (var i = 0; i < ClaimLimits.PAID_MAX; i++) {
            claims.add(claim("paid_" + i, ClaimKind.PERIOD, ClaimStatus.PAID)
                    .setAmount(800L)
                    .setFrom(NOON)
                    .setUntil(NOON.plusSeconds(i))
                    .build());
        }
        for (var i = 0; i < ClaimLimits.DECIDED_MAX; i++) {
            claims.add(claim("decision/" + i, ClaimKind.GOODWILL, ClaimStatus.ACTIVE)
                    .setFrom(NOON)
                    .setUntil(NOON.plus(Duration.ofDays(300)))
                    .build());
        }
        assertThat(ClaimLimits.keep(claims)).containsExactlyInAnyOrderElementsOf(claims);
        claims.add(claim("decision/more", ClaimKind.REVOKED, ClaimStatus.ACTIVE).build());
        assertThat(ClaimLimits.keep(claims))
                .hasSize(ClaimLimits.PAID_MAX + ClaimLimits.DECIDED_MAX)
                .anyMatch(claim -> claim.getKind() == ClaimKind.REVOKED);
    }

    @Test
    void a_thousand_trials_that_name_a_user_leave_an_imported_period_alone() {
        var imported = claim("imported", ClaimKind.PERIOD, ClaimStatus.PAID)
                .setSubscription("own")
                .setImported(true)
                .setAmount(0L)
                .setFrom(NOON)
                .setUntil(NOON.plus(Duration.ofDays(30)))
                .build();
        var claims = new ArrayList<>(List.of(imported));
        for (var i = 0; i < 1_000; i++) {
            claims.add(claim("stranger_" + i, ClaimKind.SUBSCRIPTION, ClaimStatus.TRIALING)
                    .setSubscription("stranger_" + i)
                    .setUntil(NOON.plus(Duration.ofDays(90)))
                    .build());
        }
        assertThat(ClaimLimits.keep(claims)).hasSize(ClaimLimits.UNPAID_MAX + 1).contains(imported);
    }

    @Test
    void failed_payments_and_payments_of_nothing_prove_no_money() {
        var claims = new ArrayList<Claim>();
        for (var i = 0; i < 600; i++) {
            claims.add(claim("failed_" + i, ClaimKind.PERIOD, ClaimStatus.FAILED)
                    .setAmount(800L)
                    .build());
            claims.add(claim("free_" + i, ClaimKind.ONCE, ClaimStatus.PAID)
                    .setAmount(0L)
                    .build());
        }
        var paid = claim("paid", ClaimKind.ONCE, ClaimStatus.PAID).setAmount(1L).build();
        claims.add(paid);
        assertThat(ClaimLimits.keep(claims)).hasSize(ClaimLimits.UNPAID_MAX + 1).contains(paid);
    }

    @Test
    void of_paid_claims_those_that_reach_furthest_stay() {
        var claims = new ArrayList<Claim>();
        for (var i = 0; i < ClaimLimits.PAID_MAX + 1; i++) {
            claims.add(claim("paid_" + i, ClaimKind.PERIOD, ClaimStatus.PAID)
                    .setAmount(800L)
                    .setFrom(NOON)
                    .setUntil(NOON.plusSeconds(i))
                    .build());
        }
        assertThat(ClaimLimits.keep(claims))
                .hasSize(ClaimLimits.PAID_MAX)
                .noneMatch(claim -> claim.getClaimKey().equals("paid_0"));
        assertThat(Optional.of(claims.get(0).getUntil())).contains(NOON);
    }

    @Test
    void large_claims_are_bounded_by_their_bytes_and_those_that_prove_no_money_leave_the_others_alone() {
        var scope = "x".repeat(20_000);
        var claims = new ArrayList<Claim>();
        for (var i = 0; i < 100; i++) {
            claims.add(claim("paid_" + i, ClaimKind.PERIOD, ClaimStatus.PAID)
                    .setScope(scope)
                    .setAmount(800L)
                    .setUntil(NOON.plusSeconds(i))
                    .build());
            claims.add(claim("unpaid_" + i, ClaimKind.SUBSCRIPTION, ClaimStatus.UNPAID)
                    .setScope(scope)
                    .build());
        }
        var kept = ClaimLimits.keep(claims);
        var paid = kept.stream().filter(claim -> claim.getAmount() != null).toList();
        var unpaid = kept.stream().filter(claim -> claim.getAmount() == null).toList();

        assertThat(bytes(paid)).isBetween(ByteLimits.PAID_CLAIMS - 21_000, ByteLimits.PAID_CLAIMS);
        assertThat(bytes(unpaid)).isBetween(ByteLimits.UNPAID_CLAIMS - 21_000, ByteLimits.UNPAID_CLAIMS);
        assertThat(paid).extracting(Claim::getClaimKey).contains("paid_99").doesNotContain("paid_0");
        Collections.shuffle(claims, new Random(1));
        assertThat(ClaimLimits.keep(claims)).isEqualTo(kept);
    }

    @Test
    void a_claim_that_alone_exceeds_a_bound_is_an_error() {
        var large = claim("large", ClaimKind.ONCE, ClaimStatus.PAID).setScope("x".repeat(ByteLimits.UNPAID_CLAIMS));
        assertThatThrownBy(() -> ClaimLimits.requireFits(large.build()))
                .hasMessageStartingWith("claim: ")
                .hasMessageEndingWith("bytes (expected: at most 196608)");
        ClaimLimits.requireFits(large.setScope("post_7").build());
    }

    @Test
    void a_refund_of_a_claim_that_is_kept_is_never_left_out() {
        var claims = new ArrayList<Claim>();
        for (var i = 0; i < ClaimLimits.PAID_MAX; i++) {
            claims.add(claim("paid_" + i, ClaimKind.PERIOD, ClaimStatus.PAID)
                    .setAmount(800L)
                    .setUntil(NOON.plusSeconds(i))
                    .build());
        }
        claims.set(
                0,
                Claim.newBuilder(claims.get(0))
                        .setStatus(ClaimStatus.REFUNDED)
                        .setRefunded(800)
                        .build());
        assertThat(ClaimLimits.keep(claims)).hasSize(ClaimLimits.PAID_MAX).contains(claims.get(0));
    }

    private static int bytes(List<Claim> claims) {
        var size = new EncodedSize(Claim.getClassSchema());
        return claims.stream().mapToInt(size::of).sum();
    }

    private static Claim.Builder claim(String key, ClaimKind kind, ClaimStatus status) {
        return Claim.newBuilder()
                .setClaimKey(key)
                .setPaymentKey("stripe/main/" + key)
                .setSubject("u_1")
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(kind)
                .setStatus(status)
                .setAt(NOON)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_" + key, "ipn.raw", 0, 1L, false));
    }
}
