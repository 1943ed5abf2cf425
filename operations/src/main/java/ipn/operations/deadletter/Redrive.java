package ipn.operations.deadletter;

import ipn.avro.DeadLetterStatus;
import ipn.avro.Decision;
import ipn.avro.Outcome;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Replays or discards open dead letters. A replay writes the records to their source topic again, after each was compared with the
 * record that failed, see {@link Origins}.
 *
 * <p>Each batch is one transaction of records and decisions. After an interruption, a further run therefore continues with what is still
 * open, and loses and repeats nothing. A second redrive at the same time stops the first and continues its work.
 */
public final class Redrive {
    private static final RedriveRun.Observer NOBODY = new RedriveRun.Observer() {
        @Override
        public void onChosen(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {}

        @Override
        public void onReplayed(String id, Position at) {}
    };

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final Clock clock;
    private final Optional<LetterSource> letters;
    private final boolean acceptsCopies;
    private final RedriveLimits limits;

    public Redrive(KafkaSettings kafka, AvroSerdes serdes, Clock clock) {
        this(kafka, serdes, clock, Optional.empty(), false, RedriveLimits.NONE);
    }

    /** @param letters empty: {@code ipn.dlq} */
    private Redrive(
            KafkaSettings kafka,
            AvroSerdes serdes,
            Clock clock,
            Optional<LetterSource> letters,
            boolean acceptsCopies,
            RedriveLimits limits) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.clock = clock;
        this.letters = letters;
        this.acceptsCopies = acceptsCopies;
        this.limits = limits;
    }

    /**
     * A redrive that replays also dead letters whose original was deleted by retention, and which therefore cannot be compared with it. A
     * program that can write to {@code ipn.dlq} can forge them.
     */
    public Redrive acceptingCopies() {
        return new Redrive(kafka, serdes, clock, letters, true, limits);
    }

    /** A redrive that reads dead letters elsewhere than in {@code ipn.dlq}; what was decided about them counts all the same. */
    public Redrive of(LetterSource others) {
        return new Redrive(kafka, serdes, clock, Optional.of(others), acceptsCopies, limits);
    }

    /** A redrive that replays at most so many, and at most so fast. */
    public Redrive within(RedriveLimits others) {
        return new Redrive(kafka, serdes, clock, letters, acceptsCopies, others);
    }

    /** Replays every open dead letter that matches and equals the record that failed, in the order of each partition. */
    public RedriveResult replay(DeadLetterFilter which, Operator who, Progress progress) {
        return run(replayOf(which, who, false), NOBODY, progress);
    }

    /**
     * As {@link #replay}; then waits until the stages have processed the replayed records, and reports what became of each.
     *
     * @param projector application id of the projector, which reads orders
     */
    public RedriveResult replayAndWait(
            DeadLetterFilter which, Operator who, Duration atMost, String projector, Progress progress) {
        try (var watch = ReplayWatch.begin(kafka, serdes, projector)) {
            var result = run(replayOf(which, who, false), watch, progress);
            return result.with(watch.await(result.replayId(), atMost, progress));
        }
    }

    /** The result that {@link #replay} would have. Writes nothing. */
    public RedriveResult preview(DeadLetterFilter which, Operator who) {
        return preview(which, who, Progress.SILENT, (letter, record) -> {});
    }

    /**
     * As {@link #preview(DeadLetterFilter, Operator)}.
     *
     * @param each receives each dead letter that would be replayed, in the order in which it would be
     */
    public RedriveResult preview(
            DeadLetterFilter which,
            Operator who,
            Progress progress,
            BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> each) {
        return run(
                replayOf(which, who, true),
                new RedriveRun.Observer() {
                    @Override
                    public void onChosen(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
                        each.accept(letter, record);
                    }

                    @Override
                    public void onReplayed(String id, Position at) {}
                },
                progress);
    }

    /** Discards dead letters. They stay in the topic until its retention ends. */
    public RedriveResult discard(Set<String> ids, Operator who) {
        return decide(DeadLetterFilter.ALL.withIds(some(ids)), Status.DISCARDED, who);
    }

    /** Opens dead letters again that were discarded or parked. */
    public RedriveResult undo(Set<String> ids, Operator who) {
        return decide(DeadLetterFilter.ALL.withIds(some(ids)), Status.OPEN, who);
    }

    private static Set<String> some(Set<String> ids) {
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("ids: none (expected: the ids of dead letters)");
        }
        return ids;
    }

    private RedriveResult decide(DeadLetterFilter which, Status decision, Operator who) {
        return run(
                new RedriveRun.Request(which, decision, null, who.requireReason(), false, RedriveLimits.NONE),
                NOBODY,
                Progress.SILENT);
    }

    private RedriveRun.Request replayOf(DeadLetterFilter which, Operator who, boolean dryRun) {
        return new RedriveRun.Request(which, Status.REPLAYED, newReplayId(), who, dryRun, limits);
    }

    /** Replays one open dead letter with a repaired body; then waits as {@link #replayAndWait}. */
    public RedriveResult repair(String id, Repair repair, Duration atMost, String projector, Progress progress) {
        try (var watch = ReplayWatch.begin(kafka, serdes, projector)) {
            var request = replayOf(DeadLetterFilter.OPEN.withIds(Set.of(id)), repair.who(), false);
            var result = run(request, watch, repair, progress);
            return result.with(watch.await(result.replayId(), atMost, progress));
        }
    }

    private RedriveResult run(RedriveRun.Request request, RedriveRun.Observer observer, Progress progress) {
        return run(request, observer, ReplayedRecord::of, progress);
    }

    private RedriveResult run(
            RedriveRun.Request request, RedriveRun.Observer observer, RedriveRun.RecordMaker maker, Progress progress) {
        try (var transaction = request.dryRun() ? null : ExclusiveWriter.open(kafka, "redrive");
                var reader = TopicReader.open(kafka);
                var originReader = TopicReader.open(kafka);
                var outcomes = serdes.deserializer(Outcome.class);
                var statuses = serdes.serializer(DeadLetterStatus.class);
                var ofPeople = serdes.serializer(Decision.class)) {
            // Decisions are complete only after the writer was opened, see ExclusiveWriter.
            var decisions = DeadLetterDecisions.read(RecordSource.topics(kafka, serdes), reader);
            var origins = new Origins(kafka, originReader, outcomes, acceptsCopies);
            var run = new RedriveRun(
                    request,
                    decisions,
                    new StatusRecords(kafka, statuses, ofPeople, clock),
                    origins,
                    transaction,
                    observer,
                    maker);
            return run.execute(kafka, letters.orElseGet(() -> LetterSource.topic(kafka, reader)), reader, progress);
        }
    }

    private static String newReplayId() {
        return UUID.randomUUID().toString();
    }
}
