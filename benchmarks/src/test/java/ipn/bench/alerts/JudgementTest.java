package ipn.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Optional<Duration> HEALED = Optional.of(Duration.ofSeconds(3));

    /** Planted at a minute, mended five minutes later. */
    private static Drill drill(
            String name, int minute, Optional<Duration> healed, Set<String> expected, Set<String> also) {
        var known = new AlertFault.Known(name, "something breaks", expected, also, "lag.md");
        return new Drill(known, at(minute), List.of(), at(minute + 5), List.of("`ipn status`"), healed, List.of());
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private static Firing firing(String name, int from, int until) {
        return new Firing(name, "page", "{}", at(from), Optional.of(at(until)));
    }

    private static Judgement judged(List<Drill> drills, Firing... firings) {
        return new Judgement(drills, List.of(firings), at(60));
    }

    @Test
    void a_fault_is_noticed_by_an_expected_alert_and_others_that_are_true_do_not_count() {
        var broken = drill("broken", 10, HEALED, Set.of("Expected"), Set.of("Also"));
        var judgement = judged(List.of(broken), firing("Also", 11, 30), firing("Expected", 12, 20));
        assertThat(judgement.differences()).isEmpty();
        assertThat(judgement.noticed(broken).map(each -> each.after(at(10)))).contains(Duration.ofMinutes(2));
        assertThat(new AlertsReport(judgement).table().get(2))
                .contains(
                        "`broken`: something breaks",
                        "`Expected` (page)",
                        "2 min 0 s",
                        "`ipn status`",
                        "`Also` (60 s)");
    }

    @Test
    void a_fault_without_its_alert_is_not_noticed() {
        var broken = drill("broken", 10, HEALED, Set.of("Expected"), Set.of());
        assertThat(judged(List.of(broken), firing("Expected", 1, 9)).differences())
                .as("it was over before")
                .containsExactly("broken: not noticed (expected: one of [Expected])");
        assertThat(judged(List.of(broken), firing("Expected", 16, 18)).differences())
                .as("it was mended already")
                .containsExactly("broken: not noticed (expected: one of [Expected])");
    }

    @Test
    void an_alert_that_is_not_true_is_a_difference() {
        var broken = drill("broken", 10, HEALED, Set.of("Expected"), Set.of());
        assertThat(judged(List.of(broken), firing("Expected", 12, 20), firing("Noise", 13, 14))
                        .differences())
                .containsExactly("broken: Noise {} fired (expected: not because of this)");
    }

    @Test
    void a_budget_that_a_fault_has_burnt_may_fire_later_and_nothing_else_of_it() {
        var first = drill("first", 10, HEALED, Set.of("One"), Set.of("IpnEntitlementsOftenLate", "Also"));
        var second = drill("second", 20, HEALED, Set.of("Two"), Set.of());
        var drills = List.of(first, second);
        assertThat(judged(
                                drills,
                                firing("One", 11, 12),
                                firing("Two", 21, 22),
                                firing("IpnEntitlementsOftenLate", 23, 40))
                        .differences())
                .isEmpty();
        assertThat(judged(drills, firing("One", 11, 12), firing("Two", 21, 22), firing("Also", 23, 40))
                        .differences())
                .hasSize(1);
    }

    @Test
    void what_is_not_healed_by_its_runbook_is_a_difference() {
        var broken = drill("broken", 10, Optional.empty(), Set.of("Expected"), Set.of());
        assertThat(judged(List.of(broken), firing("Expected", 12, 20)).differences())
                .containsExactly("broken: no entitlement changed after what the runbook says was done");
    }
}
