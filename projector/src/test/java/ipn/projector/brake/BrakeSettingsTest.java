package ipn.projector.brake;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.EntitlementEventType;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrakeSettingsTest {
    @Test
    void defaults() {
        assertThat(BrakeSettings.from(Settings.empty(), 8)).isEqualTo(BrakeSettings.DEFAULTS);
    }

    @Test
    void every_key() {
        var settings = parse("{max: 640, share: 0.25, share-from: 64, window: PT1H, counts: [REVOKED, EXPIRED]}");
        assertThat(BrakeSettings.from(settings, 64))
                .isEqualTo(new BrakeSettings(
                        640,
                        2_500,
                        64,
                        Duration.ofHours(1),
                        Set.of(EntitlementEventType.REVOKED, EntitlementEventType.EXPIRED)));
        settings.verify();
    }

    @Test
    void reports_what_is_wrong() {
        assertThat(problems("{share: 0}")).singleElement().asString().startsWith("brake.share: 0 (expected: percent");
        assertThat(problems("{share: 100.01}")).hasSize(1);
        assertThat(problems("{share: 0.00001}")).hasSize(1);
        assertThat(problems("{window: PT0S}")).singleElement().asString().contains("at least PT1S");
        assertThat(problems("{counts: [REVOKED, GRANTED]}"))
                .singleElement()
                .asString()
                .contains("brake.counts: REVOKED, GRANTED (expected: of EXPIRED, REDUCED, REVOKED, SUSPENDED");
        assertThat(problems("{max: 7}")).singleElement().asString().contains("at least topics.partitions, 8");
    }

    private static List<String> problems(String brake) {
        var settings = parse(brake);
        BrakeSettings.from(settings, 8);
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                        ipn.settings.SettingsException.class, settings::verify)
                .problems();
    }

    private static Settings parse(String brake) {
        return Settings.parse("brake: " + brake, Map.of(), Path.of(""));
    }
}
