package ipn.bench.alerts;

import ipn.bench.measure.Pulses;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The broker waits for its disk for most of the time. */
final class SlowDisk implements AlertFault {
    private @Nullable Pulses pulses;

    @Override
    public Known known() {
        return new Known(
                "slow-disk",
                "the broker stands still for 2.5 of 3 s (SIGSTOP), as with a disk that hangs",
                Set.of("IpnEntitlementsLate", "IpnCanarySlow", "IpnUnavailableResponses", "IpnAcknowledgementsFail"),
                BrokerAway.WITHOUT_KAFKA,
                "lag.md");
    }

    @Override
    public void plant(Scene scene) throws IOException {
        pulses = Pulses.ofSlowDisk(scene.stages().brokerId());
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(new Owner("kafka", "the disk of the broker was slow, and is replaced"));
    }

    @Override
    public void end(Scene scene) {
        if (pulses != null) {
            pulses.close();
            pulses = null;
        }
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(25);
    }
}
