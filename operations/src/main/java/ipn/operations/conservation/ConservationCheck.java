package ipn.operations.conservation;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.PartitionCheck.Bounds;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.StalledException;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.serde.UntrustedValues;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every raw record has exactly one outcome, and every unprocessable outcome exactly one dead letter.
 *
 * <p>It counts records instead of subtracting offsets, because offsets have gaps where transactions end. It can run while the pipeline
 * works: records that are not decided yet are counted as waiting.
 */
public final class ConservationCheck {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final Stages stages;

    /**
     * The consumer groups whose committed offsets show how far each stage is.
     *
     * @param processor application id of the processor
     * @param projector application id of the projector
     */
    public record Stages(String processor, String projector) {
        /** The group with which the processor takes the records that wait. */
        String deferred() {
            return processor + "-deferred";
        }
    }

    public ConservationCheck(KafkaSettings kafka, AvroSerdes serdes, Stages stages) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.stages = stages;
    }

    /** @throws StalledException if not everything could be read, so that there is no result */
    public ConservationReport run(Progress progress) {
        try (var reader = TopicReader.open(kafka);
                var outcomes = serdes.deserializer(Outcome.class)) {
            var snapshot = OffsetSnapshot.take(kafka, reader, stages);
            var pass = new Pass(snapshot, new FindingCollector(), kafka.topics().name(TopicCatalogue.RAW), outcomes);
            reader.read(snapshot.outcomes(), "reading outcomes", progress, pass::outcome);
            reader.read(snapshot.raw(), "reading raw records", progress, pass::record);
            reader.read(snapshot.letters(), "reading dead letters", progress, pass::deadLetter);
            return pass.report(snapshot.begins(reader));
        }
    }

    /** Reads the three topics once each, in this order: outcomes, raw records, dead letters. */
    private static final class Pass {
        private final OffsetSnapshot snapshot;
        private final FindingCollector findings;
        private final String raw;
        private final Deserializer<Outcome> values;
        private final List<PartitionCheck> tallies;

        Pass(OffsetSnapshot snapshot, FindingCollector findings, String raw, Deserializer<Outcome> values) {
            this.snapshot = snapshot;
            this.findings = findings;
            this.raw = raw;
            this.values = values;
            this.tallies = IntStream.range(0, snapshot.raw().partitions().size())
                    .mapToObj(partition -> new PartitionCheck(raw, partition, findings))
                    .toList();
        }

        void outcome(ConsumerRecord<byte[], byte[]> record) {
            var outcome = read(record);
            if (outcome == null) {
                findings.add(Kind.UNREADABLE, Position.of(record));
                return;
            }
            var named = outcome.getSource();
            var source = Position.of(named);
            if (!isRaw(source)) {
                findings.add(Kind.OUTCOME_WITHOUT_RECORD, source);
                return;
            }
            var tally = tallies.get(source.partition());
            tally.outcome(source.offset(), outcome.getKind().name(), RecordKeys.of(outcome));
            if (outcome.getKind() == OutcomeKind.UNPROCESSABLE) {
                tally.unprocessable(source.offset(), snapshot.isProjected(record));
            }
        }

        void record(ConsumerRecord<byte[], byte[]> record) {
            tallies.get(record.partition()).record(record.offset(), RecordKeys.of(record));
        }

        void deadLetter(ConsumerRecord<byte[], byte[]> record) {
            var source = DeadLetter.sourceOf(record);
            if (!DeadLetter.isOurs(record) && !source.topic().isEmpty()) {
                return; // another program has failed on a record that it read
            }
            if (isRaw(source)) {
                tallies.get(source.partition()).deadLetter(source.offset());
            } else if (source.topic().isEmpty() || source.topic().equals(raw)) {
                findings.add(Kind.UNREADABLE, Position.of(record));
            }
        }

        ConservationReport report(OffsetSnapshot.Begins begins) {
            var rows = IntStream.range(0, tallies.size())
                    .mapToObj(partition -> tallies.get(partition).check(bounds(partition, begins)))
                    .toList();
            return new ConservationReport(rows, findings.kept(), findings.count(), snapshot.deferred());
        }

        private Bounds bounds(int partition, OffsetSnapshot.Begins begins) {
            return new Bounds(
                    begins.raw(partition),
                    begins.outcomes(partition) == 0,
                    begins.letters(partition) == 0,
                    snapshot.processed(new TopicPartition(raw, partition)));
        }

        private boolean isRaw(Position source) {
            return source.topic().equals(raw)
                    && source.partition() >= 0
                    && source.partition() < tallies.size()
                    && source.offset() >= 0;
        }

        private @Nullable Outcome read(ConsumerRecord<byte[], byte[]> record) {
            return UntrustedValues.readIfKnown(values, record.topic(), record.value())
                    .orElse(null);
        }
    }
}
