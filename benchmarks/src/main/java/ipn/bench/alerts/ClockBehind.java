package ipn.bench.alerts;

import ipn.bench.measure.Pulses;
import ipn.bench.projector.Memberships;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Many memberships of one partition end at once, and the projector has too little CPU for the clock ticks that end them. */
final class ClockBehind implements AlertFault {
    private static final int MEMBERSHIPS = 12_000;
    private static final Duration ENDS_IN = Duration.ofSeconds(60);
    private static final Duration STOPPED = Duration.ofMillis(3_800);
    private static final Duration RUNNING = Duration.ofMillis(200);

    private @Nullable Pulses pulses;

    @Override
    public Known known() {
        var also = new HashSet<>(BUDGETS);
        also.addAll(Set.of(
                "IpnCanaryFails",
                "IpnCanaryLoses",
                "IpnCanarySlow",
                "IpnRecordsOld",
                "IpnStageStalled",
                "IpnStageNotRunning",
                "IpnStageMissing",
                "IpnLagGrows"));
        return new Known(
                "clock-behind",
                "12,000 memberships of a partition end at once, and the projector has a twentieth of its time (SIGSTOP)",
                Set.of("IpnClockBehind"),
                Set.copyOf(also),
                "brake.md");
    }

    @Override
    public void plant(Scene scene) {
        var kafka = scene.stages().settings().kafka();
        var partitions = kafka.topics().partitions();
        var end = Instant.now().plus(ENDS_IN).truncatedTo(ChronoUnit.MILLIS);
        new Memberships(MEMBERSHIPS * partitions, end, Duration.ZERO)
                .write(kafka, subject -> partition(subject, partitions) == 0);
        pulses = Pulses.start(scene.stages().projector().pid(), STOPPED, RUNNING);
    }

    /** As producers choose it. */
    private static int partition(String subject, int partitions) {
        return Utils.toPositive(Utils.murmur2(subject.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(new Owner("machines", "another program took the CPU of the projector, and is moved away"));
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
        return Duration.ofMinutes(30);
    }
}
