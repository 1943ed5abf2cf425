package ipn.bench.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertTimelineTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final AlertTimeline timeline = new AlertTimeline();

    private void see(int second, String... names) {
        var at = NOON.plusSeconds(second);
        timeline.note(
                List.of(names).stream()
                        .map(name -> new Firing(name, "page", "", at, Optional.empty()))
                        .toList(),
                at);
    }

    @Test
    void an_alert_begins_when_it_is_first_seen_and_ends_when_it_is_not_seen_any_more() {
        see(0);
        see(1, "A");
        see(2, "A", "B");
        assertThat(timeline.fires(Set.of("A"))).isTrue();
        assertThat(timeline.firing()).containsExactlyInAnyOrder("A", "B");
        see(3, "B");
        assertThat(timeline.fires(Set.of("A"))).isFalse();
        assertThat(timeline.all())
                .containsExactly(
                        new Firing("A", "page", "", NOON.plusSeconds(1), Optional.of(NOON.plusSeconds(3))),
                        new Firing("B", "page", "", NOON.plusSeconds(2), Optional.empty()));
    }

    @Test
    void one_that_fires_again_is_another() {
        see(0, "A");
        see(1);
        see(2, "A");
        assertThat(timeline.all()).hasSize(2);
        assertThat(timeline.begunSince(NOON.plusSeconds(1)))
                .extracting(Firing::began)
                .containsExactly(NOON.plusSeconds(2));
    }
}
