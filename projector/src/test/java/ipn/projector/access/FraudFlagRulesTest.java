package ipn.projector.access;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.FraudFlags;
import ipn.topics.ByteLimits;
import ipn.topics.EncodedSize;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A subject has flagged claims up to a bound, and is blocked as long as one is kept. */
class FraudFlagRulesTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");

    @Test
    void large_flags_are_bounded_by_their_bytes_and_what_is_left_out_is_noticed() {
        Optional<FraudFlags> flags = Optional.empty();
        var leftOut = 0;
        for (var i = 0; i < 100; i++) {
            var flag = flag(1_000 + i, "x".repeat(20_000));
            var after = FraudFlagRules.after(flags.orElse(null), flag);
            leftOut += FraudFlagRules.isLeftOut(flags.orElse(null), flag, after) ? 1 : 0;
            flags = after;
        }
        assertThat(new EncodedSize(FraudFlags.getClassSchema()).of(flags.orElseThrow()))
                .isBetween(ByteLimits.FRAUD_FLAGS - 21_000, ByteLimits.FRAUD_FLAGS + 8);
        assertThat(flags.orElseThrow().getClaims()).hasSize(100 - leftOut);
        assertThat(FraudFlagRules.block(flags.orElseThrow())).isPresent();
    }

    @Test
    void flags_beyond_their_number_are_left_out_and_noticed_and_cleared_ones_make_room() {
        Optional<FraudFlags> flags = Optional.empty();
        for (var i = 0; i < FraudFlagRules.FLAGS_MAX; i++) {
            flags = FraudFlagRules.after(flags.orElse(null), flag(1_000 + i, ""));
        }
        var oneMore = flag(9_999, "");
        var after = FraudFlagRules.after(flags.orElse(null), oneMore);
        assertThat(after).isEqualTo(flags);
        assertThat(FraudFlagRules.isLeftOut(flags.orElse(null), oneMore, after)).isTrue();

        var cleared =
                Claim.newBuilder(flag(1_000, "")).setStatus(ClaimStatus.PAID).build();
        var room = FraudFlagRules.after(flags.orElse(null), cleared);
        assertThat(FraudFlagRules.isLeftOut(flags.orElse(null), cleared, room)).isFalse();
        var kept = FraudFlagRules.after(room.orElse(null), oneMore);
        assertThat(kept.orElseThrow().getClaims())
                .hasSize(FraudFlagRules.FLAGS_MAX)
                .contains(oneMore);
        assertThat(FraudFlagRules.isLeftOut(room.orElse(null), oneMore, kept)).isFalse();
    }

    private static Claim flag(int number, String scope) {
        var key = "stripe/main/pi_" + number;
        return Claim.newBuilder()
                .setClaimKey(key)
                .setPaymentKey(key)
                .setSubject("u_1")
                .setEntitlement("premium")
                .setScope(scope)
                .setProduct("premium")
                .setKind(ClaimKind.ONCE)
                .setStatus(ClaimStatus.FRAUD_FLAGGED)
                .setAmount(800L)
                .setAt(NOON)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_" + number, "ipn.raw", 0, 1L, false))
                .build();
    }
}
