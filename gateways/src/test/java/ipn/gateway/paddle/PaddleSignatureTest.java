package ipn.gateway.paddle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.GatewayUnderTest;
import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.settings.SettingsException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header, and settings an account does not start with. */
class PaddleSignatureTest {
    private static final Instant NOW = GatewayUnderTest.SIGNED_AT;
    private static final byte[] BODY = "{\"note\":\"\\u00dcber\"}".getBytes(UTF_8);
    private static final String GOOD = PaddleSignature.sign(BODY, PaddleUnderTest.SECRET, NOW);
    private static final String H1 = GOOD.substring(GOOD.indexOf("h1="));
    private static final String WRONG = "h1=" + "0".repeat(64);

    @Test
    void any_of_several_signatures_may_be_the_right_one() {
        for (var header : List.of(GOOD, GOOD + ";" + WRONG, "ts=1788264000;" + WRONG + ";" + H1, GOOD + ";h2=x")) {
            assertThat(judge(header)).as(header).isInstanceOf(Genuine.class);
        }
        assertThat(judge(GOOD + (";" + H1).repeat(16))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h1=",
                "ts=1788264000",
                "ts=1788264000;h1=",
                "ts=1788264000;h1=abc",
                "ts=1788264000;h1=zz",
                "ts=1788264000,h1=00",
                "ts=1788264000; h1=00",
                "ts=;h1=00",
                "ts=-1;h1=00",
                "ts=1788264000;ts=1788264000;h1=00",
                ";;;"
            })
    void a_header_without_one_time_and_a_signature_is_malformed(String header) {
        assertThat(judge(header)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void capitals_another_key_and_another_time_are_wrong() {
        assertThat(judge("ts=1788264000;h1=" + H1.substring(3).toUpperCase(Locale.ROOT)))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge(PaddleSignature.sign(BODY, "\0", NOW))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(GOOD.replace("1788264000", "1788264001"))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 600})
    void the_tolerance_is_a_setting(long seconds) {
        var account = PaddleUnderTest.open("{mode: test, secrets: 'env:PADDLE', tolerance: PT%dS}".formatted(seconds));
        var delivery = delivery(GOOD);
        assertThat(account.authenticate(delivery, NOW.plusSeconds(seconds))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Genuine.class);
        assertThat(account.authenticate(delivery, NOW.minusSeconds(seconds + 1))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{mode: test}",
                "{secrets: 'env:PADDLE'}",
                "{mode: test, secrets: 'env:NOBODY'}",
                "{mode: live, secrets: 'test:pdl_ntfset_0123456789abcdef'}",
                "{mode: test, secrets: 'test:pdl_ntfset_'}",
                "{mode: test, secrets: 'test:pdl_sdbx_apikey_0123456789abcdef'}",
                "{mode: test, secrets: 'env:PADDLE', tolerance: PT4.999S}",
                "{mode: test, secrets: 'env:PADDLE', tolerance: PT10M1S}",
                "{mode: test, secrets: 'env:PADDLE', tolerance: 300}",
                "{mode: test, secrets: 'env:PADDLE', tollerance: PT5M}"
            })
    void an_account_set_up_wrongly_does_not_start(String section) {
        assertThatThrownBy(() -> PaddleUnderTest.open(section))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining("0123456789abcdef");
    }

    private static Verdict judge(String header) {
        return new PaddleUnderTest()
                .account()
                .authenticate(delivery(header), NOW)
                .toCompletableFuture()
                .join();
    }

    private static Delivery delivery(String header) {
        return new Delivery(Map.of("paddle-signature", List.of(header)), Bytes.wrap(BODY), NOW);
    }
}
