package ipn.bench.twin;

import ipn.bench.measure.ResidentMemory;
import ipn.bench.pipeline.Side;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The resident memory of processes at one moment.
 *
 * @param kib by name of the process
 */
record MemoryUse(SortedMap<String, Long> kib) {
    /** @param processes ids by name, without the database */
    static MemoryUse read(Map<String, Long> processes, SpringTwin twin) {
        var kib = new TreeMap<String, Long>();
        processes.forEach((name, id) -> kib.put(name, ResidentMemory.proportionalKib(id)));
        kib.put(Side.POSTGRES, twin.postgres().residentKib());
        return new MemoryUse(kib);
    }

    /** The sum of the processes of one side and the broker, in MiB. */
    double mebibytes(Side side) {
        return kib.entrySet().stream()
                        .filter(each -> side.counts(each.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / 1024.0;
    }
}
