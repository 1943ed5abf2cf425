package ipn.operations.deadletter;

import ipn.avro.DeadLetterStatus;
import ipn.avro.Decision;
import ipn.avro.Outcome;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Replays or discards open dead letters. A replay writes the records to their source topic again, after each was compared with the
 * record that failed, see {@link Origins}.
 *
 * <p>Each batch is one transaction of records and decisions. After an interruption, a further run therefore continues with what is still
 * open, and loses and repeats nothing. A second redrive at the same time stops the first and continues its work.
 */
public final class Redrive {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final Clock clock;
    private final boolean acceptsCopies;

    public Redrive(KafkaSettings kafka, AvroSerdes serdes, Clock clock) {
        this(kafka, serdes, clock, false);
    }

    private Redrive(KafkaSettings kafka, AvroSerdes serdes, Clock clock, boolean acceptsCopies) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.clock = clock;
        this.acceptsCopies = acceptsCopies;
    }

    /**
     * A redrive that replays also dead letters whose original was deleted by retention, and which therefore cannot be compared with it. A
     * program that can write to {@code ipn.dlq} can forge them.
     */
    public Redrive acceptingCopies() {
        return new Redrive(kafka, serdes, clock, true);
    }

    /** Replays every open dead letter that matches and equals the record that failed, in the order of each partition. */
    public RedriveResult replay(DeadLetterFilter which, Operator who, Progress progress) {
        return run(new RedriveRun.Request(which, Status.REPLAYED, newReplayId(), who, false), progress);
    }

    /**
     * As {@link #replay}; then waits until the stages have processed the replayed records, and reports what became of each.
     *
     * @param projector application id of the projector, which reads orders
     */
    public RedriveResult replayAndWait(
            DeadLetterFilter which, Operator who, Duration atMost, String projector, Progress progress) {
        var request = new RedriveRun.Request(which, Status.REPLAYED, newReplayId(), who, false);
        try (var watch = ReplayWatch.begin(kafka, serdes, projector)) {
            var result = run(request, watch::add, progress);
            return result.with(watch.await(result.replayId(), atMost, progress));
        }
    }

    /** The result that {@link #replay} would have. Writes nothing. */
    public RedriveResult preview(DeadLetterFilter which, Operator who) {
        return run(new RedriveRun.Request(which, Status.REPLAYED, newReplayId(), who, true), Progress.SILENT);
    }

    /** Discards dead letters. They stay in the topic until its retention ends. */
    public RedriveResult discard(Set<String> ids, Operator who) {
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("ids: none (expected: the ids of the dead letters to discard)");
        }
        var which = DeadLetterFilter.OPEN.withIds(ids);
        return run(new RedriveRun.Request(which, Status.DISCARDED, null, who.requireReason(), false), Progress.SILENT);
    }

    private RedriveResult run(RedriveRun.Request request, Progress progress) {
        return run(request, (id, written) -> {}, progress);
    }

    private RedriveResult run(RedriveRun.Request request, BiConsumer<String, Position> replayed, Progress progress) {
        try (var transaction = request.dryRun() ? null : ExclusiveWriter.open(kafka, "redrive");
                var reader = TopicReader.open(kafka);
                var originReader = TopicReader.open(kafka);
                var outcomes = serdes.deserializer(Outcome.class);
                var known = serdes.deserializer(DeadLetterStatus.class);
                var statuses = serdes.serializer(DeadLetterStatus.class);
                var ofPeople = serdes.serializer(Decision.class)) {
            // Decisions are complete only after the writer was opened, see ExclusiveWriter.
            var decisions = DeadLetterDecisions.read(kafka, reader, known);
            var origins = new Origins(kafka, originReader, outcomes, acceptsCopies);
            var run = new RedriveRun(
                    request,
                    decisions,
                    new StatusRecords(kafka, statuses, ofPeople, clock),
                    origins,
                    transaction,
                    replayed);
            return run.execute(kafka, reader, progress);
        }
    }

    private static String newReplayId() {
        return UUID.randomUUID().toString();
    }
}
