package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest.Signing;
import ipn.conformance.GatewayUnderTest.Timed;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long signatures and secrets are valid, for gateways that sign. */
class SignedTimeContractTest extends GatewayContract {
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("timed")
    @Proves(Proof.SKEW)
    void the_signed_time_may_differ_by_the_tolerance_and_not_one_second_more(Timed gateway) {
        var account = gateway.account();
        var delivery = again(gateway, firstSent(gateway), SIGNED_AT);
        var most = gateway.tolerance().toSeconds();
        for (var seconds : List.of(0L, 1L, most - 1, most, -1L, 1 - most, -most)) {
            assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(seconds)))
                    .as("%s s", seconds)
                    .isInstanceOf(Genuine.class);
        }
        for (var seconds : List.of(most + 1, -most - 1, 100 * most, -100 * most)) {
            assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(seconds)))
                    .as("%s s", seconds)
                    .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
        }
        assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(most).plusMillis(1)))
                .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("signing")
    void a_retry_signed_anew_days_later_is_genuine_and_the_same_event(Signing gateway) {
        var account = gateway.account();
        var first = again(gateway, firstSent(gateway), SIGNED_AT);
        var later = SIGNED_AT.plus(Duration.ofDays(3));
        var retry = again(gateway, firstSent(gateway), later);
        assertThat(judge(account, retry, later)).isInstanceOf(Genuine.class);
        assertThat(account.identify(retry)).isEqualTo(account.identify(first));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("signing")
    @Proves(Proof.ROTATION)
    void an_old_secret_is_valid_until_its_end(Signing gateway) {
        var until = SIGNED_AT.plusSeconds(60);
        var account = gateway.accountWhereOldSecretEnds(until);
        var signedWithOld = again(gateway, firstSent(gateway), SIGNED_AT);
        assertThat(judge(account, signedWithOld, until.minusMillis(1))).isInstanceOf(Genuine.class);
        assertThat(judge(account, signedWithOld, until)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }
}
