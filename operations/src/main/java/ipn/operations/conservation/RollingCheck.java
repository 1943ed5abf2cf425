package ipn.operations.conservation;

import ipn.avro.Outcome;
import ipn.operations.topic.GroupOffsets;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Progress;
import ipn.operations.topic.StalledException;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks raw records while the pipeline works: each step a window of one partition, one partition after the other. It begins with the records of the
 * last {@link Pace#maxAge}. If more records come than it may check, it skips the oldest. Where it has to wait for a stage, or fails, it skips
 * nothing until it has had that time again to catch up. Not thread-safe.
 */
public final class RollingCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollingCheck.class);

    private final KafkaSettings kafka;
    private final ConservationCheck.Stages stages;
    private final Pace pace;
    private final Clock clock;
    private final Duration readTimeout;
    /** One for all steps: it remembers the schemas that it has asked for. */
    private final Deserializer<Outcome> values;

    private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
    private long skipped;
    private int turn;

    /**
     * How much is checked, and when.
     *
     * @param minAge younger records are not checked yet: the transactions of the stages take a moment
     * @param offsetsMax most offsets of one step
     * @param maxAge records that wait longer than this for the check are skipped
     */
    public record Pace(Duration minAge, int offsetsMax, Duration maxAge) {}

    /**
     * What one step has done.
     *
     * @param records raw records that are checked now
     * @param skipped offsets that were left out since the last step: of records that waited too long, or were deleted
     * @param findings those that no earlier step has reported
     */
    public record Step(long records, long skipped, Findings findings) {}

    public RollingCheck(
            KafkaSettings kafka, AvroSerdes serdes, ConservationCheck.Stages stages, Pace pace, Clock clock) {
        this(kafka, serdes, stages, pace, clock, TopicReader.TIMEOUT);
    }

    /** @param readTimeout reading without progress for this long fails */
    RollingCheck(
            KafkaSettings kafka,
            AvroSerdes serdes,
            ConservationCheck.Stages stages,
            Pace pace,
            Clock clock,
            Duration readTimeout) {
        this.kafka = kafka;
        this.stages = stages;
        this.pace = pace;
        this.clock = clock;
        this.readTimeout = readTimeout;
        this.values = serdes.deserializer(Outcome.class);
    }

    /** Up to when all partitions are checked; empty before the first step. */
    public Optional<Instant> checkedTo() {
        return progress.values().stream().map(PartitionProgress::checkedTo).min(Instant::compareTo);
    }

    /**
     * Checks the next records of the next partition that has some.
     *
     * @throws StalledException if not everything could be read, so that there is no result; the next step goes on with the next partition
     */
    public Step next() {
        var now = clock.instant();
        Collection<TopicPartition> affected = Set.copyOf(progress.keySet());
        try (var admin = Admin.create(kafka.client());
                var reader = TopicReader.open(kafka, readTimeout)) {
            var decided = GroupOffsets.committed(admin, stages.processor());
            var projected = GroupOffsets.committed(admin, stages.projector());
            var youngest = now.minus(pace.minAge());
            var topic = kafka.topics().name(TopicCatalogue.RAW);
            var raw = RawSnapshot.take(reader, topic, youngest.minus(pace.maxAge()), youngest, decided);
            raw.all().partitions().forEach(partition -> locate(partition, raw, now));
            findIdle(reader, raw, now);
            var next = choose(raw);
            affected = next.stream().toList();
            return next.map(partition -> check(partition, raw, reader, admin, projected))
                    .orElseGet(() -> step(0, Findings.NONE));
        } catch (RuntimeException e) {
            affected.forEach(partition -> hold(partition, now));
            throw e;
        }
    }

    /** Skips records that waited too long, or are gone; starts partitions that are new, or were created again. */
    private void locate(TopicPartition partition, RawSnapshot raw, Instant now) {
        var at = progress.get(partition);
        var first = raw.first(partition);
        var begin = raw.all().begin(partition);
        var oldest = now.minus(pace.minAge()).minus(pace.maxAge());
        if (at == null) {
            progress.put(partition, PartitionProgress.from(first, oldest));
        } else if (at.raw() > raw.all().end(partition)) {
            LOG.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("offset", at.raw())
                    .log(
                            "Raw records that were checked are gone: the partition ends before this offset; checking from its start");
            progress.put(partition, PartitionProgress.from(first, oldest));
        } else if (at.raw() < first && !at.isHeldUp(now, pace.maxAge())) {
            skipped += first - at.raw();
            progress.put(partition, PartitionProgress.from(first, oldest));
        } else if (at.raw() < begin) {
            skipped += begin - at.raw();
            progress.put(partition, at.deletedBefore(begin));
        }
    }

    /** A partition without another record that is old enough is checked up to now, whatever transaction markers it ends with. */
    private void findIdle(TopicReader reader, RawSnapshot raw, Instant now) {
        var partitions = raw.all().partitions();
        var withNext = withRecords(reader, rests(raw));
        for (var partition : partitions) {
            var at = at(partition);
            if (at.hasNext() || withNext.contains(partition)) {
                progress.put(partition, at.withNext());
                if (raw.checkable(partition) <= at.raw()) {
                    hold(partition, now); // the processor is behind
                }
            } else {
                var next = Math.max(at.raw(), raw.young(partition));
                progress.put(partition, at.idle(next, now.minus(pace.minAge())));
            }
        }
    }

    /** What is left of the partitions of which it is not known whether there is another record. */
    private OffsetRanges rests(RawSnapshot raw) {
        var from = new HashMap<TopicPartition, Long>();
        var to = new HashMap<TopicPartition, Long>();
        progress.forEach((partition, at) -> {
            if (!at.hasNext() && at.raw() < raw.young(partition)) {
                from.put(partition, at.raw());
                to.put(partition, raw.young(partition));
            }
        });
        return new OffsetRanges(from, to);
    }

    private static Set<TopicPartition> withRecords(TopicReader reader, OffsetRanges rests) {
        var found = new HashSet<TopicPartition>();
        try {
            reader.readWhile(rests, "finding the next raw records", Progress.SILENT, record -> {
                found.add(new TopicPartition(record.topic(), record.partition()));
                return false;
            });
            return found;
        } catch (StalledException e) {
            // one that cannot be read must not stop the others; its own step says what is wrong
            return rests.partitions();
        }
    }

    private Optional<TopicPartition> choose(RawSnapshot raw) {
        var partitions = raw.all().partitions().stream()
                .sorted(Comparator.comparing(TopicPartition::partition))
                .toList();
        for (var i = 0; i < partitions.size(); i++) {
            var number = (turn + i) % partitions.size();
            var partition = partitions.get(number);
            if (at(partition).hasNext() && at(partition).raw() < raw.checkable(partition)) {
                turn = number + 1;
                return Optional.of(partition);
            }
        }
        return Optional.empty();
    }

    private Step check(
            TopicPartition partition,
            RawSnapshot raw,
            TopicReader reader,
            Admin admin,
            Map<TopicPartition, Long> projected) {
        var at = at(partition);
        var to = Math.min(raw.checkable(partition), at.raw() + pace.offsetsMax());
        var window = new RawWindow(
                partition, at.raw(), to, raw.decided(partition), raw.all().end(partition));
        var result = new WindowCheck(kafka, reader, admin, values, window, projected).run(at.outputs());
        var news = result.findings().since(at.reported());
        if (result.waits()) {
            progress.put(partition, at.reported(result.findings()));
            hold(partition, clock.instant()); // the projector is behind: again with the next turn
            return step(0, news);
        }
        progress.put(partition, at.checked(to, result.next(), result.newest().orElse(at.checkedTo())));
        return step(result.records(), news);
    }

    private Step step(long records, Findings findings) {
        var step = new Step(records, skipped, findings);
        skipped = 0;
        return step;
    }

    private PartitionProgress at(TopicPartition partition) {
        return progress.getOrDefault(partition, PartitionProgress.from(0, Instant.EPOCH));
    }

    private void hold(TopicPartition partition, Instant now) {
        progress.computeIfPresent(partition, (same, at) -> at.heldUp(now));
    }

    @Override
    public void close() {
        values.close();
    }
}
