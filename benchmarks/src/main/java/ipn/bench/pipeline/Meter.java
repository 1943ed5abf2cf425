package ipn.bench.pipeline;

import ipn.bench.measure.LogGrowth;
import ipn.bench.measure.LogPositions;
import ipn.bench.measure.ProcessorTimes;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures what one round costs: processor time from its begin to its last result, and everything that was written to the broker.
 *
 * @param processorTimes reads the processor times of all processes
 * @param brokerRecords the folder of the broker's log files
 * @param applications ids of the Streams applications of both sides
 */
public record Meter(Supplier<ProcessorTimes> processorTimes, Path brokerRecords, List<String> applications) {
    private static final long IDLE_SECONDS = 5;

    /** @param round runs the round */
    public Round measure(Side side, int notifications, Callable<Timing> round) throws Exception {
        var positions = LogPositions.read(brokerRecords);
        var before = times();
        var timing = round.call();
        var growth = new LogGrowth(new TopicGroups(applications)::group, applications);
        positions.batchesSince(growth::add);
        return new Round(
                side,
                notifications,
                timing.sendSeconds(),
                timing.seconds(),
                timing.end().secondsSince(before),
                new Round.Delayed(
                        timing.delayed().seconds(), timing.delayed().end().secondsSince(timing.end())),
                growth.usage(),
                growth.transactions(),
                timing.latencies());
    }

    public ProcessorTimes times() {
        return processorTimes.get();
    }

    /** The processor time of each process in one second in which nothing is sent. */
    public SortedMap<String, Double> idle() throws InterruptedException {
        var before = times();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        var idle = times().secondsSince(before);
        idle.replaceAll((name, seconds) -> seconds / IDLE_SECONDS);
        return idle;
    }
}
