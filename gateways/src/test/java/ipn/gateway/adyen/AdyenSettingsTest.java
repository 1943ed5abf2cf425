package ipn.gateway.adyen;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.SettingsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong setting stops the start and says what was expected. */
class AdyenSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{mode: test, merchant-account: M} | gateways.adyen.main.secrets",
                "{mode: test, merchant-account: M, secrets: 'test:short'} | at least 16 characters",
                "{mode: test, merchant-account: M, secrets: 'test:AQEyhmfxK4xNaBZHw0m'} | 64 hex digits",
                "{mode: test, merchant-account: M, secrets: 'test:44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA05'} | 64 hex digits",
                "{mode: live, merchant-account: M, secrets: 'test:44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056'} | accounts in mode test",
                "{mode: test, secrets: 'env:ADYEN'} | merchant-account: missing",
                "{mode: test, secrets: 'env:ADYEN', merchant-account: 'a b'} | a merchant account code",
                "{mode: test, secrets: 'env:ADYEN', merchant-account: M, capture: later} | automatic or manual",
                "{mode: test, secrets: 'env:ADYEN', merchant-account: M, reference-is-unique: often} | true or false",
                "{mode: test, secrets: 'env:ADYEN', merchant-account: M, basic: {user: u}} | basic.password",
                "{mode: test, secrets: 'env:ADYEN', merchant-account: M, basic: {password: 'env:ADYEN_PASSWORD'}} | basic.user: missing",
                "{mode: test, secrets: 'env:ADYEN', merchant-account: M, basic: {user: 'a:b', password: 'env:ADYEN_PASSWORD'}} | without one",
                "{mode: test, secrets: 'env:ADYEN', merchant-account: M, basic: {user: u, password: 'test:short'}} | at least 8 characters",
                "{mode: test, secrets: 'env:ADYEN', merchant-account: M, hmac: x} | hmac"
            })
    void a_wrong_setting_is_told_with_what_was_expected(String section, String told) {
        assertThatThrownBy(() -> AdyenSays.open(section))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("44782DEF");
    }
}
