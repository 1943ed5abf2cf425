package ipn.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.avro.DecisionKind;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionLimitsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");

    @Test
    void defaults_and_every_key() {
        assertThat(DecisionLimits.from(Settings.empty())).isEqualTo(DecisionLimits.DEFAULTS);
        assertThat(read("policy: {goodwill: {longest: P3M, per-person-per-day: 5}, approval: [grant, transfer]}"))
                .isEqualTo(
                        new DecisionLimits(Period.ofMonths(3), 5, Set.of(DecisionKind.GRANT, DecisionKind.TRANSFER)));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        assertThatThrownBy(() ->
                        read("policy: {goodwill: {longest: P0D, per-person-per-day: -1}, approval: [grant, undo]}"))
                .hasMessageContaining("policy.goodwill.longest: P0D (expected: a period above zero")
                .hasMessageContaining("policy.goodwill.per-person-per-day: -1")
                .hasMessageContaining("policy.approval: grant, undo (expected: any of accept, assign, dismiss");
    }

    @Test
    void a_year_is_as_long_as_the_calendar_has_it_and_no_longer() {
        var limits = DecisionLimits.DEFAULTS;
        assertThat(limits.permits(NOON, Instant.parse("2027-09-01T12:00:00Z"))).isTrue();
        assertThat(limits.permits(NOON, Instant.parse("2027-09-01T12:00:01Z"))).isFalse();
    }

    private static DecisionLimits read(String yaml) {
        var settings = Settings.parse(yaml, Map.of(), Path.of(""));
        var limits = DecisionLimits.from(settings);
        settings.verify();
        return limits;
    }
}
