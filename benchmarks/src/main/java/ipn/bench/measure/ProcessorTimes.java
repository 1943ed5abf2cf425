package ipn.bench.measure;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The processor time that processes have used, at one moment.
 *
 * @param byName since the start of each process
 */
public record ProcessorTimes(Map<String, Duration> byName) {
    /** @param ids of the processes by name */
    public static ProcessorTimes read(Map<String, Long> ids) {
        var times = new TreeMap<String, Duration>();
        ids.forEach((name, id) -> times.put(
                name,
                ProcessHandle.of(id)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow(() -> new IllegalStateException(
                                "%s: no processor time (expected: a running process)".formatted(name)))));
        return new ProcessorTimes(times);
    }

    /** With one more process. */
    public ProcessorTimes with(String name, Duration time) {
        var times = new TreeMap<>(byName);
        times.put(name, time);
        return new ProcessorTimes(times);
    }

    /** The seconds of processor time of each process since an earlier moment. */
    public SortedMap<String, Double> secondsSince(ProcessorTimes before) {
        var seconds = new TreeMap<String, Double>();
        byName.forEach((name, time) -> seconds.put(
                name,
                time.minus(before.byName.getOrDefault(name, Duration.ZERO)).toMillis() / 1000.0));
        return seconds;
    }
}
