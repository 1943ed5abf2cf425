package ipn.bench.pipeline;

import ipn.bench.measure.ProcessorTimes;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps the time, the processor times and the topics of the last change, and those of the last change of topics that are written later on purpose. */
final class LastChange implements Consumer<Set<String>> {
    private final Meter meter;
    private final Set<String> delayed;
    long at;
    ProcessorTimes times;
    Set<String> topics = Set.of();
    long delayedAt;
    ProcessorTimes delayedTimes;

    /** @param delayed topics that are written later on purpose: notifications to users wait for events that make them needless */
    LastChange(Meter meter, Set<String> delayed) {
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
}
