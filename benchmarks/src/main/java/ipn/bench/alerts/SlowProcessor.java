package ipn.bench.alerts;

import ipn.bench.measure.Pulses;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** More notifications come than the processor can process. */
final class SlowProcessor implements AlertFault {
    private static final Duration STOPPED = Duration.ofMillis(3_800);
    private static final Duration RUNNING = Duration.ofMillis(200);
    private static final int TIMES = 8;

    private @Nullable Pulses pulses;

    @Override
    public Known known() {
        return new Known(
                "lag",
                "the processor has a twentieth of its time (SIGSTOP), and eight times as much comes",
                Set.of("IpnRecordsOld", "IpnEntitlementsLate", "IpnLagGrows"),
                Set.of(
                        "IpnCanaryFails",
                        "IpnCanaryLoses",
                        "IpnCanarySlow",
                        "IpnStageStalled",
                        "IpnStageNotRunning",
                        "IpnStageMissing",
                        "IpnEntitlementsOftenLate"),
                "lag.md");
    }

    @Override
    public void plant(Scene scene) {
        pulses = Pulses.start(scene.stages().processor().pid(), STOPPED, RUNNING);
        scene.load().rate(scene.load().rate() * TIMES);
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(new Owner("machines", "another program took the CPU of the processor, and is moved away"));
    }

    @Override
    public void end(Scene scene) {
        if (pulses != null) {
            pulses.close();
            pulses = null;
            scene.load().rate(scene.load().rate() / TIMES);
        }
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(25);
    }
}
