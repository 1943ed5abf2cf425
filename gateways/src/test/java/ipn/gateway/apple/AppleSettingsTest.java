package ipn.gateway.apple;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppleSettingsTest {
    @Test
    void the_least_that_is_needed() {
        assertThatNoException().isThrownBy(() -> AppleUnderTest.open("{mode: test, bundle-id: com.example.app}"));
        assertThatNoException()
                .isThrownBy(
                        () -> AppleUnderTest.open(
                                "{mode: live, bundle-id: [com.example.app, com.example.b], app-apple-id: [1, 2], subject: appTransactionId}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{mode: test}                                                        | bundle-id: missing",
                "{mode: test, bundle-id: any}                                        | bundle-id: any (expected: the app's bundle id, such as com.example.app, or a list, but not any; shown in App Store Connect",
                "{mode: live, bundle-id: com.example.app, app-apple-id: any}         | app-apple-id: any",
                "{mode: test, bundle-id: 'com example'}                              | bundle-id: com example",
                "{mode: live, bundle-id: com.example.app}                            | app-apple-id: missing",
                "{mode: live, bundle-id: com.example.app, app-apple-id: one}         | app-apple-id: one",
                "{mode: test, bundle-id: a.b, app-apple-id: 0}                       | app-apple-id: 0",
                "{mode: test, bundle-id: a.b, subject: email}                        | subject: email (expected: appAccountToken or",
                "{mode: test, bundle-id: a.b, roots: 'file:no-such-file.pem'}        | roots",
                "{mode: test, bundle-id: a.b, roots: 'file:pom.xml'}                 | roots: file:pom.xml contains no certificate",
                "{mode: live, bundle-id: a.b, app-apple-id: 1, roots: 'file:src/test/resources/keys/apple/test-root.pem'} | roots: given (expected: none",
            })
    void what_is_wrong_stops_the_start(String section, String problem) {
        assertThatThrownBy(() -> AppleUnderTest.open(section))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("gateways.apple.main." + problem);
    }
}
