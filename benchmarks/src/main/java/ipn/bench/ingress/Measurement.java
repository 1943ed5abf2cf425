package ipn.bench.ingress;

import ipn.bench.generator.LoadPlan;
import ipn.bench.generator.LoadProcess;
import ipn.bench.measure.ProcessorTimes;
import ipn.bench.measure.TopicRecords;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Measures rounds: what became of the calls, what it cost, and whether all that was acknowledged is stored.
 *
 * @param processes ids by name
 */
record Measurement(KafkaSettings kafka, Map<String, Long> processes) {
    /**
     * One round.
     *
     * @param processorSeconds processor time by process
     * @param differences between what was acknowledged and what is stored, and unexpected statuses
     */
    record Measured(LoadProcess.Sent sent, SortedMap<String, Double> processorSeconds, List<String> differences) {}

    /**
     * Runs a plan.
     *
     * @param name of the round, for differences
     * @param topic to which the calls go
     */
    Measured measure(String name, LoadProcess load, LoadPlan plan, String topic) throws IOException {
        load.prepare(plan);
        var begins = TopicRecords.ends(kafka, List.of(topic));
        var before = ProcessorTimes.read(processes);
        var sent = load.run();
        var seconds = ProcessorTimes.read(processes).secondsSince(before);
        var differences = new ArrayList<>(StoredCalls.read(kafka, topic, begins).differences(name, sent.outcomes()));
        sent.outcomes().statuses().forEach((status, count) -> {
            if (status != 200 && status != 503) {
                differences.add("%s: status %d, %d times (expected: 200 or 503)".formatted(name, status, count));
            }
        });
        return new Measured(sent, seconds, differences);
    }
}
