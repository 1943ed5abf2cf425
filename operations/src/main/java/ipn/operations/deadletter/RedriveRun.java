package ipn.operations.deadletter;

import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.deadletter.RedriveResult.Refused;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.operations.topic.WriteFailure;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** One pass over the dead letters that replays or discards those that match, batch by batch. */
final class RedriveRun {
    private static final int BATCH_LETTERS_MAX = 250;
    private static final long BATCH_BYTES_MAX = 8L * 1024 * 1024;
    private static final int EXAMPLES_MAX = 100;

    /**
     * What to do.
     *
     * @param decision REPLAYED, DISCARDED, or OPEN to undo a discard or a parking
     * @param replayId null unless they are replayed
     * @param limits of a replay
     */
    record Request(
            DeadLetterFilter which,
            Status decision,
            @Nullable String replayId,
            Operator who,
            boolean dryRun,
            RedriveLimits limits) {
        boolean isReplay() {
            return decision == Status.REPLAYED;
        }
    }

    /** Makes the record that a replay writes. */
    interface RecordMaker {
        ProducerRecord<byte[], byte[]> make(
                ConsumerRecord<byte[], byte[]> dead, DeadLetter letter, String replayId, int partitions);
    }

    /** Receives the dead letters that are replayed. */
    interface Observer {
        /** Before the transaction of its batch; also in a dry run. */
        void onChosen(DeadLetter letter, ConsumerRecord<byte[], byte[]> record);

        /** After the commit; {@code at} is the record that was written. */
        void onReplayed(String id, Position at);
    }

    private final Request request;
    private final DeadLetterDecisions decisions;
    private final StatusRecords statuses;
    private final Origins origins;
    private final @Nullable ExclusiveWriter transaction;
    private final Observer observer;
    private final RecordMaker maker;
    private final long began = System.nanoTime();

    private final List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    private long batchBytes;

    private final Set<String> undecided;
    private final List<String> examples = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private long refusedCount;
    private long done;
    private long parked;

    /**
     * @param transaction null for a dry run
     */
    RedriveRun(
            Request request,
            DeadLetterDecisions decisions,
            StatusRecords statuses,
            Origins origins,
            @Nullable ExclusiveWriter transaction,
            Observer observer,
            RecordMaker maker) {
        this.request = request;
        this.decisions = decisions;
        this.statuses = statuses;
        this.origins = origins;
        this.transaction = transaction;
        this.observer = observer;
        this.maker = maker;
        this.undecided = new HashSet<>(request.which().ids());
    }

    RedriveResult execute(KafkaSettings kafka, LetterSource letters, TopicReader reader, Progress progress) {
        var partitions =
                reader.partitions(kafka.topics().name(TopicCatalogue.RAW)).size();
        Optional<String> stopped = Optional.empty();
        try {
            letters.readWhile(progress, record -> collect(record, partitions));
            decideBatch(partitions);
            if (transaction != null) {
                // decisions are left out: the role redrive cannot read them
                var written = transaction.written().without(kafka.topics().name(TopicCatalogue.DECISIONS));
                reader.read(written, "waiting until readers see it", Progress.SILENT, record -> {});
            }
            if (!isFull()) {
                undecided.forEach(id -> refuse(id, whyNotOpen(id)));
            }
        } catch (KafkaException e) {
            stopped = Optional.of(stopReason(e));
        }
        var replayId = request.replayId() == null ? "" : request.replayId();
        return new RedriveResult(
                replayId,
                transaction == null,
                done,
                parked,
                examples,
                refused,
                refusedCount,
                stopped,
                Optional.empty());
    }

    static String stopReason(KafkaException e) {
        return WriteFailure.describe(
                e, "another redrive or discard was started; list the open dead letters to see what is left");
    }

    /** Returns whether to read on. */
    private boolean collect(ConsumerRecord<byte[], byte[]> record, int partitions) {
        if (isFull()) {
            return false;
        }
        if (isSelected(DeadLetter.of(record, decisions), record)) {
            batch.add(record);
            batchBytes += record.value() == null ? 0 : record.value().length;
            if (batch.size() >= request.limits().batchMax(BATCH_LETTERS_MAX)
                    || batchBytes >= BATCH_BYTES_MAX
                    || isFull()) {
                decideBatch(partitions);
            }
        }
        return !isFull();
    }

    private boolean isFull() {
        return done + batch.size() >= request.limits().lettersMax();
    }

    private boolean isSelected(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        if (request.decision() != Status.OPEN) {
            return letter.status() == Status.OPEN && request.which().matches(letter, record);
        }
        var isClosed = letter.status() == Status.DISCARDED || letter.status() == Status.PARKED;
        return isClosed && decisions.isAbout(letter) && request.which().matches(letter, record);
    }

    private void decideBatch(int partitions) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        var decided = new ArrayList<String>();
        var parkedNow = 0L;
        var found = request.isReplay() ? origins.find(replayable()) : Map.<Position, Origin>of();
        for (var record : batch) {
            var letter = DeadLetter.of(record, decisions);
            if (!isSelected(letter, record)) {
                continue; // of two with one id, the first was decided in this batch
            }
            var obstacle = request.isReplay()
                    ? obstacle(record, letter, found.get(Position.of(record)))
                    : Optional.<String>empty();
            if (obstacle.isPresent()) {
                refused(letter, obstacle.get());
            } else if (request.isReplay()
                    && letter.attempts() >= request.limits().attemptsMax()) {
                records.add(decide(letter, Status.PARKED));
                parkedNow++;
            } else {
                if (request.replayId() != null) {
                    observer.onChosen(letter, record);
                    records.add(maker.make(record, letter, request.replayId(), partitions));
                }
                records.add(decide(letter, request.decision()));
                decided.add(letter.id());
            }
        }
        write(records, request.isReplay() ? decided : List.of());
        parked += parkedNow;
        done += decided.size();
        decided.stream().limit(EXAMPLES_MAX - examples.size()).forEach(examples::add);
        batch.clear();
        batchBytes = 0;
        pause();
    }

    private ProducerRecord<byte[], byte[]> decide(DeadLetter letter, Status decision) {
        decisions.note(letter.id(), new DeadLetterDecisions.Decision(decision, letter.attempts()));
        undecided.remove(letter.id());
        return statuses.decided(letter, decision, request);
    }

    /** In one transaction: the records, and with the first batch the decision of the person, after the records of the dead letters. */
    private void write(List<ProducerRecord<byte[], byte[]>> records, List<String> replayed) {
        if (transaction == null || records.isEmpty()) {
            return;
        }
        if (done + parked == 0) {
            records.add(statuses.ofPerson(request));
        }
        var written = transaction.write(records);
        var next = replayed.iterator();
        for (var index = 0; index < records.size() && next.hasNext(); index++) {
            if (records.get(index).headers().lastHeader(Headers.REPLAY_ID) != null) {
                observer.onReplayed(next.next(), written.get(index));
            }
        }
    }

    /** Between two transactions, so that none stays open. */
    private void pause() {
        var nanos = request.limits().pauseNanos(done, System.nanoTime() - began);
        if (transaction != null && nanos > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> replayable() {
        return batch.stream()
                .filter(record ->
                        origins.topics().contains(DeadLetter.sourceOf(record).topic()))
                .toList();
    }

    /** Why this dead letter cannot be replayed. */
    private Optional<String> obstacle(
            ConsumerRecord<byte[], byte[]> record, DeadLetter letter, @Nullable Origin origin) {
        if (origin == null) {
            return Optional.of("source topic: " + letter.source().topic() + " (expected: "
                    + String.join(" or ", origins.topics()) + ")");
        }
        if (record.headers().lastHeader(Headers.DLQ_TRUNCATED) != null) {
            return Optional.of(
                    "record: only its first bytes were kept, it was too large (expected: a whole record; discard it)");
        }
        return origin instanceof Origin.Contradicted contradicted ? Optional.of(contradicted.why()) : Optional.empty();
    }

    private void refused(DeadLetter letter, String why) {
        undecided.remove(letter.id());
        refuse(letter.id(), why);
    }

    private void refuse(String id, String why) {
        refusedCount++;
        if (refused.size() < EXAMPLES_MAX) {
            refused.add(new Refused(id, why));
        }
    }

    private String whyNotOpen(String id) {
        var decided = decisions.statusOf(id, 0);
        if (request.decision() == Status.OPEN) {
            return "no such discarded or parked dead letter (expected: an id from 'ipn dlq list --all')";
        }
        return decided == Status.OPEN
                ? "no such open dead letter (expected: an id from 'ipn dlq list')"
                : "already " + decided;
    }
}
