package ipn.gateway.googleplay;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.Ranks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlayRanksTest {
    @ParameterizedTest
    @EnumSource
    void what_was_seen_outranks_whatever_was_told_and_keeps_its_order(SubscriptionStatus status) {
        for (var other : SubscriptionStatus.values()) {
            assertThat(GooglePlayRanks.seen(status)).isGreaterThan(Ranks.of(other));
            assertThat(Long.compare(GooglePlayRanks.seen(status), GooglePlayRanks.seen(other)))
                    .isEqualTo(Long.compare(Ranks.of(status), Ranks.of(other)));
        }
    }
}
