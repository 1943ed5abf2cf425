package ipn.bench.pipeline;

import ipn.bench.measure.ProcessorTimes;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps the time, the processor times and the topics of the last change, and those of the last change of topics that are written later on purpose. */
public final class LastChange implements Consumer<Set<String>> {
    private final Meter meter;
    private final Set<String> delayed;
    private long at;
    private ProcessorTimes times;
    private Set<String> topics = Set.of();
    private long delayedAt;
    private ProcessorTimes delayedTimes;

    /** @param delayed topics that are written later on purpose: notifications to users wait for events that make them needless */
    public LastChange(Meter meter, Set<String> delayed) {
        this.meter = meter;
        this.delayed = delayed;
        this.at = System.nanoTime();
        this.times = meter.times();
        this.delayedAt = at;
        this.delayedTimes = times;
    }

    @Override
    public void accept(Set<String> changed) {
        delayedAt = System.nanoTime();
        delayedTimes = meter.times();
        if (!delayed.containsAll(changed)) {
            at = delayedAt;
            times = delayedTimes;
            topics = changed;
        }
    }

    /** The topics in which the last result was found. */
    public Set<String> topics() {
        return topics;
    }

    /**
     * The end of the round.
     *
     * @param begin when the first notification was sent, by {@link System#nanoTime()}
     * @param sent when the last one was acknowledged
     */
    public Timing timing(long begin, long sent, Optional<Round.Latencies> latencies) {
        return new Timing(
                Timing.secondsBetween(begin, sent),
                Timing.secondsBetween(begin, at),
                times,
                new Timing.Delayed(Timing.secondsBetween(at, delayedAt), delayedTimes),
                latencies);
    }
}
