package ipn.bench.feed;

import ipn.app.IpnConfig;
import ipn.bench.load.LoadCommand;
import ipn.bench.measure.ProcessorTimes;
import ipn.bench.measure.StagesIdle;
import ipn.bench.pipeline.LastChange;
import ipn.bench.pipeline.Meter;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Measures what raw records cost the stages behind the ingress, and the broker.
 *
 * @param brokerRecords the folder of the broker's log files
 * @param processes ids by name, of the processes that are measured
 */
public record FeedMeter(IpnConfig settings, Path brokerRecords, Map<String, Long> processes) {
    /** Rare requests, so that waiting costs little; the end of a round is late by at most one interval. */
    private static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** The processor time of each process in one second in which nothing is written. */
    public SortedMap<String, Double> idle() throws InterruptedException {
        return meter().idle();
    }

    /**
     * Writes records, and waits until the stages have processed all.
     *
     * @param idle processor time by process in one idle second; what the processes use beyond that after the last result is part of the cost
     * @throws IllegalStateException if the stages make no progress
     */
    public FeedRound measure(List<ProducerRecord<byte[], byte[]>> records, SortedMap<String, Double> idle)
            throws InterruptedException, ExecutionException {
        var kafka = settings.kafka();
        try (var feed = RawFeed.open(kafka, kafka.topics().name(TopicCatalogue.RAW));
                var stages = LoadCommand.stagesIdle(settings, PACE)) {
            var before = times();
            var began = System.nanoTime();
            feed.send(records);
            feed.flush();
            var sent = System.nanoTime();
            var last = new LastChange(meter(), Set.of(kafka.topics().name(TopicCatalogue.NOTIFICATIONS)));
            if (!stages.await(last)) {
                throw new IllegalStateException("stages: not idle, and without progress for two minutes");
            }
            var timing = last.timing(began, sent, Optional.empty());
            var delayed = timing.delayed();
            return new FeedRound(
                    records.size(),
                    timing.seconds(),
                    sum(
                            timing.end().secondsSince(before),
                            delayed.end().secondsSince(timing.end()),
                            delayed.seconds(),
                            idle));
        }
    }

    /** Adds what the processes did later, without what they use when they are idle. */
    static SortedMap<String, Double> sum(
            SortedMap<String, Double> used, SortedMap<String, Double> later, double seconds, Map<String, Double> idle) {
        var sums = new TreeMap<>(used);
        later.forEach((process, more) ->
                sums.merge(process, Math.max(0, more - idle.getOrDefault(process, 0.0) * seconds), Double::sum));
        return sums;
    }

    private Meter meter() {
        return new Meter(this::times, brokerRecords, List.of());
    }

    private ProcessorTimes times() {
        return ProcessorTimes.read(processes);
    }
}
