package ipn.gateway.paypal;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayPalSettingsTest {
    @Test
    void the_least_that_is_needed() {
        assertThatNoException()
                .isThrownBy(
                        () -> PayPalUnderTest.open("{mode: live, webhook-id: 0FV983392A0531201, merchant-id: any}"));
        assertThatNoException()
                .isThrownBy(
                        () -> PayPalUnderTest.open(
                                "{mode: live, webhook-id: [0FV983392A0531201, 8TE57W3BHOOK00001], merchant-id: 7E7MGXCWTTKK2}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{mode: live}                                                       | webhook-id: missing",
                "{mode: test, webhook-id: WEBHOOK_ID}                               | webhook-id: WEBHOOK_ID",
                "{mode: test, webhook-id: ''}                                       | webhook-id",
                "{mode: test, webhook-id: [0FV983392A0531201, 1]}                   | webhook-id: 1",
                "{mode: test, webhook-id: 0FV983392A0531201, merchant-id: me@example.com} | merchant-id: me@example.com",
                "{mode: test, webhook-id: 0FV983392A0531201, roots: 'file:no-such-file.pem'} | roots",
                "{mode: live, webhook-id: 0FV983392A0531201, roots: 'file:src/test/resources/keys/paypal/test-ca.pem'} | roots: given (expected: none",
                "{mode: live, webhook-id: 0FV983392A0531201, fetch-via: 'http://localhost:1'} | fetch-via: not usable",
                "{mode: test, webhook-id: 0FV983392A0531201, intermediates: 'file:pom.xml'} | intermediates: file:pom.xml contains no certificate",
            })
    void what_is_wrong_stops_the_start(String section, String problem) {
        assertThatThrownBy(() -> PayPalUnderTest.open(section))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("gateways.paypal.main." + problem);
    }
}
