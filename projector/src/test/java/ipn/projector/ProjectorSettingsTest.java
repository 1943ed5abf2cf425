package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectorSettingsTest {
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({"test, test, false", "test, live, true", "live, live, true", "test, tset, true"})
    void one_account_that_is_no_test_account_makes_it_live(String one, String other, boolean live) {
        var yaml = "gateways: {stripe: {a: {mode: %s}}, adyen: {b: {mode: %s}}}".formatted(one, other);

        assertThat(ProjectorSettings.live(Settings.parse(yaml, Map.of(), Path.of(""))))
                .isEqualTo(live);
    }

    @Test
    void an_account_without_a_mode_makes_it_live_and_no_account_does_not() {
        assertThat(ProjectorSettings.live(Settings.parse("gateways: {stripe: {a: {}}}", Map.of(), Path.of(""))))
                .isTrue();
        assertThat(ProjectorSettings.live(Settings.empty())).isFalse();
    }

    @Test
    void a_variable_overrides_the_mode_in_the_file() {
        var settings = Settings.parse(
                "gateways: {stripe: {a: {mode: test}}}", Map.of("IPN_GATEWAYS_STRIPE_A_MODE", "live"), Path.of(""));

        assertThat(ProjectorSettings.live(settings)).isTrue();
    }
}
