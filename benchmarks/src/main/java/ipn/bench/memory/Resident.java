package ipn.bench.memory;

import ipn.bench.measure.ResidentMemory;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The resident memory of processes at one moment.
 *
 * @param notifications that they had processed
 * @param nowMib by name of the process
 * @param peakMib the most that each has had
 */
record Resident(int notifications, SortedMap<String, Long> nowMib, SortedMap<String, Long> peakMib) {
    private static final long KIB_PER_MIB = 1024;

    /** @param ids of the processes by name */
    static Resident read(int notifications, Map<String, Long> ids) {
        var now = new TreeMap<String, Long>();
        var peak = new TreeMap<String, Long>();
        ids.forEach((name, id) -> {
            now.put(name, ResidentMemory.nowKib(id) / KIB_PER_MIB);
            peak.put(name, ResidentMemory.peakKib(id) / KIB_PER_MIB);
        });
        return new Resident(notifications, now, peak);
    }

    /** Of all processes now. */
    long totalMib() {
        return nowMib.values().stream().mapToLong(Long::longValue).sum();
    }
}
