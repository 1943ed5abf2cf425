package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.GatewayUnderTest.Signing;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long a signature and a secret count, where a gateway signs. */
class SignedTimeContractTest extends GatewayContract {
    @ParameterizedTest
    @MethodSource("signing")
    void the_signed_time_may_be_300_seconds_off_and_not_one_more(Signing gateway) {
        var account = gateway.account();
        var delivery = gateway.authentic(gateway.samples().get(0).delivery().body(), SIGNED_AT);
        for (var seconds : List.of(0, 1, 299, 300, -1, -299, -300)) {
            assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(seconds)))
                    .as("%s s", seconds)
                    .isInstanceOf(Genuine.class);
        }
        for (var seconds : List.of(301, -301, 86_400, -86_400)) {
            assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(seconds)))
                    .as("%s s", seconds)
                    .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
        }
        assertThat(judge(account, delivery, SIGNED_AT.plusSeconds(300).plusMillis(1)))
                .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("signing")
    void a_retry_signed_anew_days_later_is_genuine_and_the_same_event(Signing gateway) {
        var account = gateway.account();
        var first = gateway.samples().get(0).delivery();
        var later = SIGNED_AT.plus(Duration.ofDays(3));
        var retry = gateway.authentic(first.body(), later);
        assertThat(judge(account, retry, later)).isInstanceOf(Genuine.class);
        assertThat(account.identify(retry)).isEqualTo(account.identify(first));
    }

    @ParameterizedTest
    @MethodSource("signing")
    void an_old_secret_counts_until_its_end(Signing gateway) {
        var until = SIGNED_AT.plusSeconds(60);
        var account = gateway.accountWhereOldSecretEnds(until);
        var signedWithOld =
                gateway.authentic(gateway.samples().get(0).delivery().body(), SIGNED_AT);
        assertThat(judge(account, signedWithOld, until.minusMillis(1))).isInstanceOf(Genuine.class);
        assertThat(judge(account, signedWithOld, until)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }
}
