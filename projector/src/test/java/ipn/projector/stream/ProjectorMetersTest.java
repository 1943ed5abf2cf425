package ipn.projector.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ProjectorMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ProjectorMeters meters = new ProjectorMeters(registry);

    @Test
    void the_most_that_one_tick_looked_at_is_not_forgotten_by_smaller_ones() {
        meters.ticked(0, 3, 0);
        meters.ticked(1, 50, 1);
        meters.ticked(0, 7, 0);

        assertThat(registry.get("ipn.projector.due.most").gauge().value()).isEqualTo(50);
        assertThat(registry.get("ipn.projector.due").counter().count()).isEqualTo(60);
    }
}
