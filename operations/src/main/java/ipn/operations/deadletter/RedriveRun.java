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
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** One pass over the dead letters that replays or discards those that match, batch by batch. */
final class RedriveRun {
    private static final int BATCH_LETTERS_MAX = 100;
    private static final long BATCH_BYTES_MAX = 8L * 1024 * 1024;
    private static final int EXAMPLES_MAX = 100;

    /**
     * What to do.
     *
     * @param decision REPLAYED or DISCARDED
     * @param replayId null for a discard
     */
    record Request(
            DeadLetterFilter which,
            Status decision,
            @Nullable String replayId,
            Operator who,
            boolean dryRun) {
        Request {
            which = which.withStatus(Status.OPEN);
        }
    }

    private final Request request;
    private final DeadLetterDecisions decisions;
    private final StatusRecords statuses;
    private final Origins origins;
    private final @Nullable ExclusiveWriter transaction;
    private final BiConsumer<String, Position> replayed;

    private final List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    private long batchBytes;

    private final Set<String> undecided;
    private final List<String> examples = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private long refusedCount;
    private long done;

    /**
     * @param transaction null for a dry run
     * @param replayed receives the id of each dead letter that was replayed, and the position of the record that was written
     */
    RedriveRun(
            Request request,
            DeadLetterDecisions decisions,
            StatusRecords statuses,
            Origins origins,
            @Nullable ExclusiveWriter transaction,
            BiConsumer<String, Position> replayed) {
        this.request = request;
        this.decisions = decisions;
        this.statuses = statuses;
        this.origins = origins;
        this.transaction = transaction;
        this.replayed = replayed;
        this.undecided = new HashSet<>(request.which().ids());
    }

    RedriveResult execute(KafkaSettings kafka, TopicReader reader, Progress progress) {
        var partitions =
                reader.partitions(kafka.topics().name(TopicCatalogue.RAW)).size();
        Optional<String> stopped = Optional.empty();
        try {
            var all = reader.all(kafka.topics().name(TopicCatalogue.DLQ));
            reader.read(all, "processing dead letters", progress, record -> collect(record, partitions));
            decideBatch(partitions);
            if (transaction != null) {
                // decisions are left out: the role redrive cannot read them
                var written = transaction.written().without(kafka.topics().name(TopicCatalogue.DECISIONS));
                reader.read(written, "waiting until readers see it", Progress.SILENT, record -> {});
            }
            undecided.forEach(id -> refuse(id, whyNotOpen(id)));
        } catch (KafkaException e) {
            stopped = Optional.of(stopReason(e));
        }
        var replayId = request.replayId() == null ? "" : request.replayId();
        return new RedriveResult(
                replayId, transaction == null, done, examples, refused, refusedCount, stopped, Optional.empty());
    }

    static String stopReason(KafkaException e) {
        return WriteFailure.describe(
                e, "another redrive or discard was started; list the open dead letters to see what is left");
    }

    private void collect(ConsumerRecord<byte[], byte[]> record, int partitions) {
        if (!request.which().matches(DeadLetter.of(record, decisions))) {
            return;
        }
        batch.add(record);
        batchBytes += record.value() == null ? 0 : record.value().length;
        if (batch.size() >= BATCH_LETTERS_MAX || batchBytes >= BATCH_BYTES_MAX) {
            decideBatch(partitions);
        }
    }

    private void decideBatch(int partitions) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        var ids = new ArrayList<String>();
        var found = request.decision() == Status.REPLAYED ? origins.find(replayable()) : Map.<Position, Origin>of();
        for (var record : batch) {
            var letter = DeadLetter.of(record, decisions);
            var obstacle = request.decision() == Status.REPLAYED
                    ? obstacle(record, letter, found.get(Position.of(record)))
                    : Optional.<String>empty();
            if (obstacle.isPresent()) {
                refused(letter, obstacle.get());
            } else if (request.which().matches(letter)) { // of two with one id, the first was decided in this batch
                decisions.note(letter.id(), new DeadLetterDecisions.Decision(request.decision(), letter.attempts()));
                ids.add(letter.id());
                if (request.replayId() != null) {
                    records.add(ReplayedRecord.of(record, letter, request.replayId(), partitions));
                }
                records.add(statuses.decided(letter, request));
            }
        }
        if (transaction != null && !records.isEmpty()) {
            if (done == 0) { // in the transaction of the first batch, after the records of the dead letters
                records.add(statuses.ofPerson(request));
            }
            var written = transaction.write(records);
            if (request.replayId() != null) {
                // of each dead letter, the record comes first and its status second
                for (var index = 0; index < ids.size(); index++) {
                    replayed.accept(ids.get(index), written.get(2 * index));
                }
            }
        }
        done += ids.size();
        ids.forEach(undecided::remove);
        ids.stream().limit(EXAMPLES_MAX - examples.size()).forEach(examples::add);
        batch.clear();
        batchBytes = 0;
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
        return decided == Status.OPEN
                ? "no such open dead letter (expected: an id from 'ipn dlq list')"
                : "already " + decided;
    }
}
