package ipn.gateway.mollie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.GatewayUnderTest;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
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

/** Signatures of next-gen events, and settings an account does not start with. */
class MollieAuthenticityTest {
    private static final Instant NOW = GatewayUnderTest.SIGNED_AT;
    private static final Bytes BODY = Bytes.utf8("{\"id\":\"event_1\",\"type\":\"payout.paid\"}");
    private static final String GOOD = MollieSignature.sign(BODY.array(), MollieUnderTest.SECRET);
    private static final String HEX = GOOD.substring(GOOD.indexOf('=') + 1);
    private static final String WRONG = "sha256=" + "0".repeat(64);

    @Test
    void while_secrets_change_there_are_two_in_two_headers_or_behind_a_comma_with_or_without_prefix() {
        for (var values : List.of(
                List.of(GOOD),
                List.of(HEX),
                List.of(WRONG, GOOD),
                List.of(GOOD, WRONG),
                List.of(WRONG + "," + GOOD),
                List.of(WRONG + ", " + HEX),
                List.of("", GOOD))) {
            assertThat(judge(values)).as(values.toString()).isEqualTo(new Genuine("hmac-sha256", "env:MOLLIE"));
        }
    }

    @Test
    void what_is_no_signature_of_ours_is_not_believed() {
        assertThat(judge(List.of(""))).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judge(List.of(WRONG))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(List.of("sha256=" + HEX.toUpperCase(Locale.ROOT))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge(List.of("sha512=" + HEX))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge(List.of("sha256=sha256=" + HEX))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        assertThat(judge(List.of(MollieSignature.sign(BODY.array(), "\0"))))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(List.of((WRONG + ",").repeat(16) + GOOD))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void a_hint_has_at_most_1024_bytes() {
        var most = "id=tr_1&x=" + "y".repeat(1_014);
        assertThat(Hint.in(Bytes.utf8(most))).contains(new Hint("tr_1"));
        assertThat(Hint.in(Bytes.utf8(most + "y"))).isEmpty();
    }

    @Test
    void without_secrets_no_signature_and_without_an_api_key_no_hint_is_believed() {
        var classicOnly = MollieUnderTest.open("{mode: test, api-key: 'env:MOLLIE_KEY'}");
        assertThat(judge(classicOnly, new Delivery(Map.of("x-mollie-signature", List.of(GOOD)), BODY, NOW)))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        var signedOnly = MollieUnderTest.open("{mode: test, secrets: 'env:MOLLIE'}");
        assertThat(judge(signedOnly, new Delivery(Map.of(), Bytes.utf8("id=tr_1"), NOW)))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{mode: test}",
                "{secrets: 'env:MOLLIE'}",
                "{mode: test, secrets: 'env:NOBODY'}",
                "{mode: test, secrets: 'test:short'}",
                "{mode: live, secrets: 'test:0123456789abcdef', profile: any}",
                "{mode: test, api-key: 'env:NOBODY'}",
                "{mode: test, api-key: 'env:MOLLIE_LIVE_KEY'}",
                "{mode: live, api-key: 'env:MOLLIE_KEY', profile: any}",
                "{mode: test, api-key: 'env:MOLLIE'}",
                "{mode: test, api-key: ['env:MOLLIE_KEY', 'env:MOLLIE_OTHER_KEY']}",
                "{mode: test, api-key: []}",
                "{mode: live, api-key: 'env:MOLLIE_LIVE_KEY', profile: any, fetch-via: 'http://localhost:1'}",
                "{mode: test, api-key: 'env:MOLLIE_KEY', fetch-timeout: PT11S}"
            })
    void an_account_set_up_wrongly_does_not_start(String section) {
        assertThatThrownBy(() -> MollieUnderTest.open(section))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContainingAny("ONLYforTESTS", "VpTEST", "0123456789abcdef");
    }

    @Test
    void a_live_account_starts_with_a_live_key() {
        assertThat(MollieUnderTest.open("{mode: live, api-key: 'env:MOLLIE_LIVE_KEY', profile: any}")
                        .toString())
                .doesNotContain("live_");
    }

    private static Verdict judge(List<String> values) {
        return judge(MollieSays.ACCOUNT, new Delivery(Map.of("x-mollie-signature", values), BODY, NOW));
    }

    private static Verdict judge(GatewayAccount account, Delivery delivery) {
        return account.authenticate(delivery, NOW).toCompletableFuture().join();
    }
}
