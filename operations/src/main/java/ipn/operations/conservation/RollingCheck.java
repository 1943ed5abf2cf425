package ipn.operations.conservation;

import ipn.avro.Outcome;
import ipn.operations.topic.GroupOffsets;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Checks raw records while the pipeline works: some of one partition at a time, one partition after the other, each record and each outcome once.
 * It begins with the records of the last {@link Pace#reach}; of a partition that gets more records than it may check, it leaves some out. Not
 * thread-safe.
 */
public final class RollingCheck {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final ConservationCheck.Stages stages;
    private final Pace pace;
    private final Clock clock;
    private final Map<TopicPartition, Reached> reached = new HashMap<>();
    private int turn;

    /**
     * How much is checked, and when.
     *
     * @param settled records are checked when they are so old, because transactions of the stages last a moment
     * @param records most of one step, as offsets
     * @param reach what is older than this is not checked any more
     */
    public record Pace(Duration settled, int records, Duration reach) {}

    /**
     * What one step has found.
     *
     * @param records that it has checked
     * @param report on them
     */
    public record Step(long records, ConservationReport report) {
        static final Step NOTHING = new Step(0, new ConservationReport(List.of(), List.of(), 0, 0));
    }

    /**
     * How far a partition is checked.
     *
     * @param raw next offset
     * @param outcomes next offset of the partition of the outcomes with the same number; empty: not known
     * @param time of the oldest record that is not checked
     */
    private record Reached(long raw, Optional<Long> outcomes, Instant time) {}

    public RollingCheck(
            KafkaSettings kafka, AvroSerdes serdes, ConservationCheck.Stages stages, Pace pace, Clock clock) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.stages = stages;
        this.pace = pace;
        this.clock = clock;
    }

    /** Up to when all partitions are checked; empty before the first step. */
    public Optional<Instant> checkedTo() {
        return reached.values().stream().map(Reached::time).min(Instant::compareTo);
    }

    /**
     * Checks the next records of the next partition.
     *
     * @throws ipn.operations.topic.StalledException if not everything could be read, so that there is no result
     */
    public Step next() {
        var settled = clock.instant().minus(pace.settled());
        try (var admin = Admin.create(kafka.client());
                var reader = TopicReader.open(kafka);
                var outcomes = serdes.deserializer(Outcome.class)) {
            var processed = GroupOffsets.committed(admin, stages.processor());
            var projected = GroupOffsets.committed(admin, stages.projector());
            var raw = reader.all(kafka.topics().name(TopicCatalogue.RAW));
            begin(reader, raw, settled.minus(pace.reach()), processed);
            var partitions = reader.partitions(kafka.topics().name(TopicCatalogue.RAW));
            var partition = partitions.get(turn++ % partitions.size());
            var window = new RawWindow(
                    partition, reachedOf(partition).raw(), end(reader, raw, partition, settled, processed));
            if (window.isEmpty()) {
                idle(reader, raw, partition, settled);
                return Step.NOTHING;
            }
            var check = new WindowCheck(kafka, reader, admin, outcomes, window, projected);
            var report = check.run(reachedOf(partition).outcomes());
            if (report.rows().stream().anyMatch(row -> row.lettersWaiting() > 0)) {
                return Step.NOTHING; // the projector is behind: again with the next turn
            }
            reached.put(
                    partition,
                    new Reached(
                            window.to(),
                            check.nextOutcome(),
                            check.newest().orElse(reachedOf(partition).time())));
            return new Step(report.records(), report);
        }
    }

    private Reached reachedOf(TopicPartition partition) {
        return reached.getOrDefault(partition, new Reached(0, Optional.empty(), Instant.EPOCH));
    }

    /**
     * New partitions begin here, and so do those of which more was decided than can be checked, or of which retention has deleted what was next. What
     * waits to be decided is never left out.
     */
    private void begin(TopicReader reader, OffsetRanges raw, Instant oldest, Map<TopicPartition, Long> processed) {
        var since = reader.since(raw, oldest);
        for (var partition : raw.partitions()) {
            var decided = Math.min(since.begin(partition), processed.getOrDefault(partition, 0L));
            var first = Math.max(decided, raw.begin(partition));
            if (!reached.containsKey(partition) || reachedOf(partition).raw() < first) {
                reached.put(partition, new Reached(first, Optional.empty(), oldest));
            }
        }
    }

    private long end(
            TopicReader reader,
            OffsetRanges raw,
            TopicPartition partition,
            Instant settled,
            Map<TopicPartition, Long> processed) {
        var notSettled = reader.since(only(raw, partition), settled).begin(partition);
        var decided = Math.min(notSettled, processed.getOrDefault(partition, 0L));
        return Math.min(decided, reachedOf(partition).raw() + pace.records());
    }

    /** If nothing has come since, everything that is settled is checked; else the processor is behind. */
    private void idle(TopicReader reader, OffsetRanges raw, TopicPartition partition, Instant settled) {
        var before = reachedOf(partition);
        if (reader.since(only(raw, partition), settled).begin(partition) <= before.raw()) {
            reached.put(partition, new Reached(before.raw(), before.outcomes(), settled));
        }
    }

    private static OffsetRanges only(OffsetRanges ranges, TopicPartition partition) {
        return new OffsetRanges(Map.of(partition, ranges.begin(partition)), Map.of(partition, ranges.end(partition)));
    }
}
